package org.medicd.fact;

/**
 * A mounted file system that can fill up.
 *
 * @param id mount point and source
 */
public record Filesystem(FilesystemId id) implements Fact {
  @Override
  public FilesystemId key() {
    return id;
  }
}

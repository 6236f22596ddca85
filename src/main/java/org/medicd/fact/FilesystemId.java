package org.medicd.fact;

/** A mounted file system by its mount point and the device or server behind it. */
public record FilesystemId(String mountPoint, String source) implements Subject {
  @Override
  public String kind() {
    return "filesystem";
  }

  @Override
  public String toString() {
    return "file system " + mountPoint + " (" + source + ")";
  }
}

package org.medicd.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may go when a file system is full.
 *
 * @param journalBytes to which systemd's journal is cut; null: it is left alone
 * @param tmpfiles whether systemd-tmpfiles cleans what its own configuration says
 * @param files old files
 */
public record Vacuum(@Nullable Long journalBytes, boolean tmpfiles, List<OldFiles> files) {
  static final Vacuum NOTHING = new Vacuum(null, false, List.of());

  public Vacuum {
    files = List.copyOf(files);
  }

  /**
   * Files of one folder that may go once they are old.
   *
   * @param folder absolute, and no link on the way to it
   * @param glob of the path below the folder: *.gz is in it, **.gz in folders below it too
   * @param olderThan since they were last written
   */
  public record OldFiles(Path folder, String glob, Duration olderThan) {}

  /** Whether there is anything that may go. */
  public boolean isNothing() {
    return journalBytes == null && !tmpfiles && files.isEmpty();
  }
}

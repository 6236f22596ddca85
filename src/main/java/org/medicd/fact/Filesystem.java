package org.medicd.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mounted file system that can fill up, each once however often it is mounted.
 *
 * @param id mount point and source
 * @param type as ext4 (mountinfo)
 * @param sizeBytes of the whole (statvfs)
 * @param usedBytes taken by files (statvfs)
 * @param availableBytes left for users, without what is reserved for root (statvfs)
 * @param usedPercent used of used and available, as df has it
 * @param inodesUsedPercent of all inodes (statvfs); null where the file system has no fixed number
 * @param readOnly whether it, or this mount of it, is so now (mountinfo)
 * @param turnedReadOnly whether it is so now and was seen writable: after an error, as a rule
 * @param readOnlySince when that was first seen, by the wall clock; null where it has not turned
 * @param growth trend of usedBytes; its limit is availableBytes
 */
public record Filesystem(
    FilesystemId id,
    String type,
    long sizeBytes,
    long usedBytes,
    long availableBytes,
    @Nullable Double usedPercent,
    @Nullable Double inodesUsedPercent,
    boolean readOnly,
    boolean turnedReadOnly,
    @Nullable Instant readOnlySince,
    Growth growth)
    implements Fact {
  private static final double SECONDS_PER_TENTH = 360;

  /** Where it is mounted, as /var. */
  public String mountPoint() {
    return id.mountPoint();
  }

  /** At the pace of its growth; null while it does not grow steadily. */
  public @Nullable Double hoursUntilFull() {
    Double seconds = growth.secondsToLimit();
    return seconds == null ? null : (Double) (Math.round(seconds / SECONDS_PER_TENTH) / 10.0);
  }

  @Override
  public FilesystemId key() {
    return id;
  }
}

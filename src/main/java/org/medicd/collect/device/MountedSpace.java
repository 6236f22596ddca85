package org.medicd.collect.device;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Average;
import org.medicd.collect.Trend;
import org.medicd.fact.Filesystem;
import org.medicd.fact.FilesystemId;
import org.medicd.linux.FilesystemSpace;
import org.medicd.linux.proc.MountInfo.Mount;

/** One file system from look to look: what was asked, what it answered, how it grew. */
final class MountedSpace {
  /** How to ask a file system; may hang. */
  interface Probe {
    FilesystemSpace of(String mountPoint) throws IOException;
  }

  /** For so long holds what it said before. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** One of the two. */
  private record Answer(@Nullable FilesystemSpace space, @Nullable String failure) {}

  private final FilesystemId id;
  private final String device;
  private final Trend trend;
  private volatile @Nullable Answer answer;
  private volatile boolean underWay;
  private long askedNanos;
  private boolean wasWritable;
  private @Nullable Instant readOnlySince;
  private @Nullable Filesystem last;

  MountedSpace(Mount mount, Duration trendWindow) {
    this.id = id(mount);
    this.device = mount.device();
    this.trend = new Trend(trendWindow);
  }

  static FilesystemId id(Mount mount) {
    return new FilesystemId(mount.mountPoint(), mount.source());
  }

  FilesystemId id() {
    return id;
  }

  boolean isOf(Mount mount) {
    return device.equals(mount.device());
  }

  boolean isUnderWay() {
    return underWay;
  }

  void beginAsking(long nowNanos) {
    underWay = true;
    askedNanos = nowNanos;
  }

  void cannotBeAsked() {
    underWay = false;
  }

  /** On a thread that may be held for ever. */
  void ask(Probe probe) {
    try {
      answer = new Answer(probe.of(id.mountPoint()), null);
    } catch (IOException e) {
      answer = new Answer(null, String.valueOf(e.getMessage()));
    } finally {
      underWay = false;
    }
  }

  /** Why it could not tell; null where it did, or has not answered. */
  @Nullable String failure() {
    Answer now = answer;
    return now == null || underWay ? null : now.failure();
  }

  /** What there is to tell; null without an answer that holds, and where nothing can fill up. */
  @Nullable Filesystem tell(Mount mount, long nowNanos, Instant at) {
    noteFlip(mount, at);
    Answer now = answer;
    FilesystemSpace space = now == null ? null : now.space();
    boolean old = underWay && nowNanos - askedNanos > PATIENCE.toNanos();
    if (space == null || space.sizeBytes() <= 0 || old) {
      return null;
    }
    if (!underWay && trend.isDue(nowNanos)) {
      trend.add(space.usedBytes(), nowNanos);
    }
    Filesystem fact = fact(mount, space);
    last = fact.equals(last) ? last : fact;
    return last;
  }

  /** Many a root is mounted read-only first and made writable while the host boots. */
  private void noteFlip(Mount mount, Instant at) {
    if (!mount.readOnly()) {
      wasWritable = true;
      readOnlySince = null;
    } else if (wasWritable && readOnlySince == null) {
      readOnlySince = at;
    }
  }

  private Filesystem fact(Mount mount, FilesystemSpace space) {
    long usable = space.usedBytes() + space.availableBytes();
    return new Filesystem(
        id,
        mount.type(),
        space.sizeBytes(),
        space.usedBytes(),
        space.availableBytes(),
        percent(space.usedBytes(), usable),
        percent(space.inodes() - space.freeInodes(), space.inodes()),
        mount.readOnly(),
        readOnlySince != null,
        readOnlySince,
        trend.growth((double) space.availableBytes()));
  }

  private static @Nullable Double percent(long part, long whole) {
    return whole <= 0 ? null : (Double) Average.tenths(100.0 * Math.max(0, part) / whole);
  }
}

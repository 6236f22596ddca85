package org.medicd.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.BlockDevice;
import org.medicd.fact.Filesystem;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.Gap;
import org.medicd.fact.Snapshot;
import org.medicd.linux.proc.MountInfo;
import org.medicd.linux.proc.MountInfo.Mount;

/**
 * The disks at work and what is mounted. No file system is asked for its size, one whose server is
 * dead would not answer: the figures are those that medicd saw last.
 *
 * @param proc /proc, or a tree like it
 */
record Disks(Path proc, Snapshot seen) implements Part {
  private static final double MIB = 1 << 20;

  @Override
  public String name() {
    return "disks";
  }

  @Override
  public void take(Sheet sheet) throws IOException {
    seen.all(BlockDevice.class).forEach(device -> sheet.line(describe(device)));
    Map<FilesystemId, Filesystem> known =
        seen.all(Filesystem.class).stream()
            .collect(Collectors.toMap(Filesystem::id, Function.identity(), (a, b) -> a));
    Map<String, String> silent =
        seen.gaps().stream()
            .collect(Collectors.toMap(Gap::subject, Gap::reason, (first, second) -> first));
    String content = Scene.read(proc.resolve("self/mountinfo"), Scene.LARGE_BYTES);
    sheet.line("mounted:");
    for (Mount mount : MountInfo.parse(content).mounts()) {
      FilesystemId id = new FilesystemId(mount.mountPoint(), mount.source());
      sheet.line(
          "  %s: %s (%s)%s%s"
              .formatted(
                  mount.mountPoint(),
                  mount.source(),
                  mount.type(),
                  mount.readOnly() ? ", read-only" : "",
                  figures(known.get(id), silent.get(id.toString()))));
    }
  }

  private static String figures(@Nullable Filesystem filesystem, @Nullable String silent) {
    if (filesystem == null) {
      return silent == null ? "" : ", " + silent;
    }
    String inodes =
        filesystem.inodesUsedPercent() == null
            ? ""
            : ", inodes " + figure(filesystem.inodesUsedPercent()) + " % used";
    String until =
        filesystem.hoursUntilFull() == null
            ? ""
            : ", full in " + figure(filesystem.hoursUntilFull()) + " h";
    return ", %s of %s MiB available, %s %% used%s%s"
        .formatted(
            figure(filesystem.availableBytes() / MIB),
            figure(filesystem.sizeBytes() / MIB),
            figure(filesystem.usedPercent()),
            inodes,
            until);
  }

  private static String describe(BlockDevice device) {
    String mapped = device.mapperName() == null ? "" : " (" + device.mapperName() + ")";
    return "%s%s: %s %% busy, await %s ms, queue %s, read %s/s and written %s/s bytes, in flight %d"
        .formatted(
            device.name(),
            mapped,
            figure(device.utilisationPercent()),
            figure(device.awaitMillis()),
            figure(device.queueLength()),
            device.readBytesPerSecond() == null ? "?" : device.readBytesPerSecond(),
            device.writeBytesPerSecond() == null ? "?" : device.writeBytesPerSecond(),
            device.inFlight());
  }

  private static String figure(@Nullable Double value) {
    return value == null ? "?" : String.format(Locale.ROOT, "%.1f", value);
  }
}

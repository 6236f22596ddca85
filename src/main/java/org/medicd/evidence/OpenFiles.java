package org.medicd.evidence;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Filesystem;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.Proc;
import org.medicd.fact.Snapshot;
import org.medicd.linux.proc.MountDevices;
import org.medicd.linux.proc.MountInfo;
import org.medicd.linux.proc.MountInfo.Mount;

/**
 * The largest files that are open on one file system, and who has them: among them those that were
 * deleted and still take space, which no look into folders finds. Only files that lie there are
 * asked for their size, and none where the file system does not answer.
 *
 * @param proc /proc, or a tree like it
 * @param mostCounted descriptors that are looked at, of all processes
 * @param mostListed files that are named
 */
record OpenFiles(Path proc, Snapshot seen, FilesystemId id, int mostCounted, int mostListed)
    implements Part {
  private static final String DELETED = " (deleted)";

  /** One file that somebody has open. */
  private record Open(String path, long bytes, String mode, String holder) {}

  @Override
  public String name() {
    return "open-files";
  }

  @Override
  public Duration deadline() {
    return Duration.ofSeconds(3);
  }

  @Override
  public void take(Sheet sheet) throws IOException {
    String silent = whyNotAsked();
    if (silent != null) {
      sheet.line("no file was asked for its size: " + silent);
      return;
    }
    String device = device(Scene.read(proc.resolve("self/mountinfo"), Scene.LARGE_BYTES));
    Look look = new Look(device);
    for (Proc each : seen.processes().values()) {
      if (!each.kernelThread() && look.left > 0) {
        look.at(each);
      }
    }
    if (look.left <= 0) {
      sheet.line("only the first " + mostCounted + " descriptors were looked at");
      sheet.markCut();
    }
    sheet.line("open files: " + look.found.size() + "; the largest, in bytes:");
    look.found.stream()
        .sorted(Comparator.comparingLong(Open::bytes).reversed())
        .limit(mostListed)
        .forEach(
            each ->
                sheet.line(
                    "%15d %-8s %s, %s".formatted(each.bytes, each.mode, each.path, each.holder)));
  }

  private @Nullable String whyNotAsked() {
    boolean known = seen.all(Filesystem.class).stream().anyMatch(each -> each.id().equals(id));
    if (!known) {
      return "it did not answer when medicd looked last, or was not looked at";
    }
    boolean awaited =
        seen.processes().values().stream().anyMatch(each -> id.equals(each.waitsOn()));
    return awaited ? "processes wait for it in vain" : null;
  }

  private String device(String mountInfo) throws IOException {
    for (Mount mount : MountInfo.parse(mountInfo).mounts()) {
      if (mount.mountPoint().equals(id.mountPoint()) && mount.source().equals(id.source())) {
        return mount.device();
      }
    }
    throw new IOException(id + " is not mounted any more");
  }

  /** One walk through the descriptors of all processes. */
  private final class Look {
    private final String device;
    private final Map<String, MountDevices> mounts = new HashMap<>();
    private final Set<String> listed = new HashSet<>();
    private final List<Open> found = new ArrayList<>();
    private int left = mostCounted;

    Look(String device) {
      this.device = device;
    }

    /** A process that is gone meanwhile has nothing open. */
    void at(Proc each) {
      Path folder = proc.resolve(Integer.toString(each.id().pid()));
      try (DirectoryStream<Path> open = Files.newDirectoryStream(folder.resolve("fd"))) {
        MountDevices devices = mounts(folder);
        for (Path descriptor : open) {
          if (--left <= 0) {
            return;
          }
          look(descriptor, folder, devices, each);
        }
      } catch (IOException e) {
        return;
      }
    }

    private void look(Path descriptor, Path folder, MountDevices devices, Proc holder) {
      try {
        Path info = folder.resolve("fdinfo").resolve(descriptor.getFileName());
        String content = Scene.read(info, Scene.SMALL_BYTES);
        if (device.equals(devices.ofFile(content))) {
          note(descriptor, content, holder);
        }
      } catch (IOException e) {
        return; // closed in between
      }
    }

    /** Those of its mount namespace, which most share. */
    private MountDevices mounts(Path folder) throws IOException {
      String namespace = Descriptors.target(folder.resolve("ns/mnt"));
      MountDevices known = namespace.isEmpty() ? null : mounts.get(namespace);
      if (known == null) {
        known = MountDevices.parse(Scene.read(folder.resolve("mountinfo"), Scene.LARGE_BYTES));
        mounts.put(namespace, known);
      }
      return known;
    }

    private void note(Path descriptor, String info, Proc holder) throws IOException {
      BasicFileAttributes file = Files.readAttributes(descriptor, BasicFileAttributes.class);
      if (file.isRegularFile() && listed.add(holder.id() + " " + file.fileKey())) {
        String path = Descriptors.target(descriptor);
        boolean written = MountDevices.isWritable(info);
        String mode = path.endsWith(DELETED) ? "deleted" : written ? "written" : "read";
        String unit = holder.unit() == null ? "" : " of " + holder.unit();
        String who = holder.id() + " (" + holder.comm() + ")" + unit;
        found.add(new Open(path, file.size(), mode, who));
      }
    }
  }
}

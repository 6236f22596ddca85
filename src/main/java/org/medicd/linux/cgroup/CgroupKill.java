package org.medicd.linux.cgroup;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.linux.LinuxException;
import org.medicd.linux.PidFd;
import org.medicd.linux.Signals;
import org.medicd.linux.proc.CgroupFile;

/**
 * Kills whatever a control group and those below it hold. Where the kernel has cgroup.kill (v2,
 * Linux 5.14), and this process may write it, all at once; else one after the other, until nobody
 * new is found.
 */
public final class CgroupKill {
  private static final int KILL = Signals.number("KILL").orElseThrow();
  private static final Path PROC = Path.of("/proc");
  private static final String SYSTEMD = "name=systemd";

  /** Whoever forks faster than this is not caught up with. */
  private static final int MOST_ROUNDS = 20;

  private final Hierarchies hierarchies;

  public CgroupKill(Hierarchies hierarchies) {
    this.hierarchies = hierarchies;
  }

  /** Those of this host. */
  public static CgroupKill ofThisHost() throws IOException {
    return new CgroupKill(Hierarchies.ofThisHost());
  }

  /**
   * How it was done.
   *
   * @param processes how many the group held
   * @param atOnce by cgroup.kill
   */
  public record Killed(int processes, boolean atOnce) {}

  /**
   * @param group as systemd and /proc/PID/cgroup write it; never the root
   */
  public Killed kill(String group) throws IOException {
    if (group.isEmpty() || group.equals("/")) {
      throw new IOException("'" + group + "' is no control group of a unit");
    }
    Path unified = folder(hierarchies.unified(), group);
    if (unified != null && Files.isWritable(unified.resolve("cgroup.kill"))) {
      int count = members(unified).size();
      Files.writeString(unified.resolve("cgroup.kill"), "1");
      return new Killed(count, true);
    }
    Path legacy = folder(hierarchies.byController().get(SYSTEMD), group);
    Path folder = legacy != null ? legacy : unified;
    if (folder == null) {
      throw new IOException("the control group " + group + " is not there");
    }
    return new Killed(oneByOne(folder, group), false);
  }

  /** Whether there is a cgroup.kill that this process may not write. */
  public boolean isForRoot(String group) {
    Path unified = group.isEmpty() ? null : folder(hierarchies.unified(), group);
    Path file = unified == null ? null : unified.resolve("cgroup.kill");
    return file != null && Files.exists(file) && !Files.isWritable(file);
  }

  private static @Nullable Path folder(@Nullable Hierarchy hierarchy, String group) {
    String folder = hierarchy == null ? null : hierarchy.folder(group);
    return folder == null || !Files.isDirectory(Path.of(folder)) ? null : Path.of(folder);
  }

  private static int oneByOne(Path folder, String group) throws IOException {
    Set<Integer> killed = new HashSet<>();
    boolean more = true;
    for (int round = 0; more && round < MOST_ROUNDS; round++) {
      more = false;
      for (int pid : members(folder)) {
        if (!killed.contains(pid) && killMember(pid, group)) {
          killed.add(pid);
          more = true;
        }
      }
    }
    return killed.size();
  }

  /** False: it has ended, or its pid is that of a process elsewhere now. */
  private static boolean killMember(int pid, String group) throws IOException {
    try (PidFd process = PidFd.open(pid)) {
      String now = CgroupFile.parse(Files.readString(PROC.resolve(pid + "/cgroup")));
      if (!now.equals(group) && !now.startsWith(group + "/")) {
        return false;
      }
      process.signal(KILL);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (LinuxException e) {
      if (e.isNoSuchProcess()) {
        return false;
      }
      throw e;
    }
  }

  private static List<Integer> members(Path folder) throws IOException {
    List<Integer> members = new ArrayList<>();
    for (Path each : groups(folder)) {
      try {
        for (String line : Files.readAllLines(each.resolve("cgroup.procs"))) {
          members.add(Integer.valueOf(line.strip()));
        }
      } catch (IOException e) {
        if (Files.exists(each)) {
          throw e;
        }
      }
    }
    return members;
  }

  /** This one and those below it; one that is removed meanwhile holds nobody. */
  private static List<Path> groups(Path folder) throws IOException {
    List<Path> groups = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path group, BasicFileAttributes attributes) {
            groups.add(group);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
    return groups;
  }
}

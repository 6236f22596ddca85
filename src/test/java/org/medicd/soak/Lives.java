package org.medicd.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.medicd.it.DaemonInLab;
import org.medicd.lab.SystemdLab;

/** The processes that the daemon was and is, as this machine numbers them. */
final class Lives {
  private final SystemdLab lab;
  private final DaemonInLab daemon;
  private final Set<Long> all = new HashSet<>();

  Lives(SystemdLab lab, DaemonInLab daemon) {
    this.lab = lab;
    this.daemon = daemon;
  }

  /** Looks for the present one, and returns it; 0 while there is none. */
  long look() {
    long pid = outside(daemon.pid());
    if (pid != 0) {
      all.add(pid);
    }
    return pid;
  }

  boolean include(long pid) {
    return all.contains(pid);
  }

  private long outside(int inLab) {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(each -> each.getFileName().toString().matches("\\d+"))
          .filter(each -> is(each, inLab))
          .map(each -> Long.parseLong(each.getFileName().toString()))
          .findFirst()
          .orElse(0L);
    } catch (IOException e) {
      throw new AssertionError("no /proc", e);
    }
  }

  private boolean is(Path process, int inLab) {
    try {
      Path ours = Path.of("/proc/" + lab.pid(), "ns/pid");
      return Files.readSymbolicLink(process.resolve("ns/pid")).equals(Files.readSymbolicLink(ours))
          && Files.readString(process.resolve("status"))
              .contains("NSpid:\t" + process.getFileName() + "\t" + inLab + "\n");
    } catch (IOException e) {
      return false; // it has ended
    }
  }
}

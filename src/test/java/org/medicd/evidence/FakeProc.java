package org.medicd.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.medicd.fact.ProcessId;
import org.medicd.linux.TrustedPrograms;

/** A tree like /proc with one process; opening a FIFO in it hangs as a hung mmap lock does. */
final class FakeProc {
  static final ProcessId ID = new ProcessId(17, 4711);

  final Path root;
  final Path folder;

  FakeProc(Path root) throws IOException {
    this.root = root;
    this.folder = Files.createDirectories(root.resolve("17"));
    Files.createDirectories(folder.resolve("task"));
    Files.createDirectories(folder.resolve("fd"));
    for (String empty :
        new String[] {"cgroup", "limits", "io", "cmdline", "environ", "smaps_rollup", "maps"}) {
      write(empty, "");
    }
    write("status", "Name:\tfake\nTracerPid:\t0\nUid:\t7\t7\t7\t7\nGid:\t7\t7\t7\t7\n");
    write("../self/mountinfo", "");
    stat('S', 4711, 0);
  }

  FakeProc write(String file, String content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
    return this;
  }

  FakeProc stat(char state, long startTicks, long flags) throws IOException {
    return write(
        "stat",
        "17 (fa) ke) "
            + state
            + " 1 1 1 0 -1 "
            + flags
            + " 0".repeat(12)
            + " "
            + startTicks
            + " 0 0\n");
  }

  Path fifo(String file) throws IOException, InterruptedException {
    Path path = folder.resolve(file);
    Files.deleteIfExists(path);
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    return path;
  }

  ProcessTarget target() {
    return new ProcessTarget(ID, 7, "seven", "/bin/fake", "fa\u001b[31m) ke");
  }

  /** Captures of the processes in it. */
  Captures captures() {
    return captures(root);
  }

  static Captures captures(Path proc) {
    return new Captures(proc, TrustedPrograms.ofThisHost(), new Cont(), System::nanoTime);
  }

  /** Lets the reader go that hangs on a FIFO. */
  static void release(Path fifo) throws IOException {
    Files.newOutputStream(fifo).close();
  }
}

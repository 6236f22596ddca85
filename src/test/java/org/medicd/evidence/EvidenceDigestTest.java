package org.medicd.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceDigestTest {
  private static final String THREADS =
      """
      thread 17 "main" state S, wchan futex_wait_queue
        syscall: 202 0x7f
        kernel stack:
          (not permitted)
      thread 18 "worker" state R, wchan 0
        syscall: running
      thread 19 "writer" state D, wchan io_schedule
      """;

  private static final String PYTHON =
      """
      Process 17: python3 x.py
      Python v3.11.2 (/usr/bin/python3.11)

      Thread 17 (idle): "MainThread"
          wait (threading.py:324)
      Thread 18 (active): "worker"
          spin (x.py:3)
          <module> (x.py:6)
      """;

  private static final String JAVA =
      """
      Full thread dump OpenJDK 64-Bit Server VM (17.0.1 mixed mode):

      "main" #1 prio=5 os_prio=0 cpu=1ms elapsed=2s tid=0x0000 nid=0x11 waiting on condition  [0x0]
         java.lang.Thread.State: TIMED_WAITING (sleeping)
      \tat java.lang.Thread.sleep(java.base@17/Native Method)

      "worker" #9 prio=5 os_prio=0 cpu=900ms elapsed=2s tid=0x0000 nid=0x12 runnable  [0x0]
         java.lang.Thread.State: RUNNABLE
      \tat org.example.Spin.turn(Spin.java:7)
      \tat org.example.Spin.run(Spin.java:3)
      """;

  private static final String ELF =
      """
      PID 17 - process
      TID 17:
      #0  0x00007f3a9c0d8e16 __futex_abstimed_wait_common - /usr/lib/libc.so.6
      TID 18:
      #0  0x000055d0c0a01139 spin - /usr/bin/burner
      #1  0x000055d0c0a01150 main - /usr/bin/burner
      """;

  private static final String NATIVE =
      """
      Thread 2 (Thread 0x7f1c (LWP 18) "worker"):
      #0  0x000055d0c0a01139 in spin ()
      #1  main () at burner.c:3
      Thread 1 (Thread 0x7f1d (LWP 17) "main"):
      #0  futex_wait () from /lib/libc.so.6
      """;

  @TempDir Path folder;

  private void put(String place, String file, String text) throws IOException {
    Path capture = Files.createDirectories(folder.resolve(place));
    Files.writeString(capture.resolve(file), text);
  }

  private List<String> digest() {
    return new EvidenceDigest().of(List.of(folder.toString()));
  }

  @Test
  void saysWhatTheBusiestThreadDoesWhichCallTookLongestAndWhatThereIs() throws IOException {
    put("0-17-500", "threads.txt", THREADS);
    put("0-17-500", "eu-stack.txt", ELF);
    put(
        "0-17-500",
        "strace.txt",
        "calls of 2 threads within 1000 ms\n   calls  failed   seconds  name\n"
            + "      12       0  0.930000  futex\n       1       0  0.001000  read\n\nlines\n");
    put("0-17-500", "summary.txt", "files:");
    put("0-host", "processes.txt", "1 processes");
    assertThat(digest())
        .containsExactly(
            "thread 18 \"worker\", state R: spin ← main",
            "futex took longest of its calls: 0.930000 s in 12 calls",
            "captured: eu-stack, processes, strace, threads");
  }

  @ParameterizedTest
  @CsvSource({
    "py-spy.txt, spin (x.py:3) ← <module> (x.py:6)",
    "jstack.txt, org.example.Spin.turn ← org.example.Spin.run",
    "eu-stack.txt, spin ← main",
    "gdb.txt, spin ← main"
  })
  void readsWhatEachDebuggerWrites(String file, String frames) throws IOException {
    put("0-17-500", "threads.txt", THREADS);
    String text =
        switch (file) {
          case "py-spy.txt" -> PYTHON;
          case "jstack.txt" -> JAVA;
          case "eu-stack.txt" -> ELF;
          default -> NATIVE;
        };
    put("0-17-500", file, text);
    assertThat(digest()).first().isEqualTo("thread 18 \"worker\", state R: " + frames);
  }

  @Test
  void oneThatWaitsForADiskIsNamedWithWhatItWaitsIn() throws IOException {
    put("0-17-500", "threads.txt", THREADS.replace("state R", "state S"));
    assertThat(digest())
        .first()
        .isEqualTo("thread 19 \"writer\", state D, in the kernel's io_schedule: no stack");
  }

  @Test
  void whatIsGoneIsLeftOut() {
    assertThat(new EvidenceDigest().of(List.of(folder + "/gone"))).isEmpty();
    assertThat(new EvidenceDigest().of(List.of())).isEmpty();
  }

  @Test
  void followsNoLinks() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), THREADS);
    Path capture = Files.createDirectories(folder.resolve("0-17-500"));
    Files.createSymbolicLink(capture.resolve("threads.txt"), secret);
    Files.createSymbolicLink(folder.resolve("1-17-500"), folder);
    assertThat(digest()).containsExactly("captured: threads");
  }
}

package org.medicd.evidence;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.fact.Gap;
import org.medicd.fact.ProcessId;
import org.medicd.lab.FrozenFilesystem;
import org.medicd.lab.NeedsRoot;
import org.medicd.lab.NeedsSystemd;
import org.medicd.lab.Program;
import org.medicd.linux.TrustedPrograms;

/** Processes that hold up whoever looks at them: their evidence is taken nevertheless, and soon. */
@NeedsRoot
@Tag("once")
class HangingTargetsIT {
  private static final Duration LIMIT = ofSeconds(30);

  @TempDir Path temp;
  private Path folder;
  private final Captures captures =
      new Captures(Path.of("/proc"), TrustedPrograms.ofThisHost(), new Cont(), System::nanoTime);

  @BeforeEach
  void nameAFolder() {
    folder = temp.resolve("state/evidence/incident-3/1");
  }

  @Test
  void aHeldMmapLockCostsASecondAndWhatIsBehindIt() throws Exception {
    Path program = temp.resolve("mmap-lock");
    Path mount = Files.createDirectory(temp.resolve("lock"));
    List<String> compile = List.of("gcc", "-O2", "-o", "" + program, "src/test/lab/mmap-lock.c");
    Program.run(LIMIT, compile).expectSuccess();
    Process holder = new ProcessBuilder(program.toString(), mount.toString()).start();
    try {
      String held = String.valueOf(holder.inputReader().readLine());
      assertThat(held).startsWith("held ");
      int pid = Integer.parseInt(held.substring("held ".length()));

      CaptureReport report = capture(pid);

      assertThat(report.elapsed()).isLessThan(ofSeconds(4));
      assertThat(report.gaps())
          .contains(new Gap("cmdline", "pid " + pid, "hangs: not ready within 1000 ms"))
          .extracting(Gap::aspect)
          .containsSubsequence("cmdline", "environment", "smaps_rollup", "mappings", "debugger")
          .doesNotContain("status", "threads", "descriptors", "sockets", "control-group");
      assertThat(text("threads.txt")).contains("state ", "fuse");
      assertThat(captures.hangingReaders()).isEqualTo(1);
    } finally {
      holder.getOutputStream().close(); // the kernel then answers all who wait
      assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    await().until(() -> captures.hangingReaders() == 0);
  }

  @Test
  @NeedsSystemd // and so loop devices
  void aTaskThatIsBlockedIsNotAttachedToAndTellsWhereItWaits() throws Exception {
    try (FrozenFilesystem frozen = FrozenFilesystem.onThisMachine(1)) {
      int pid = frozen.writers().get(0);

      CaptureReport report = capture(pid);

      assertThat(report.vanished()).isFalse();
      assertThat(report.elapsed()).isLessThan(ofSeconds(4));
      assertThat(report.gaps()).extracting(Gap::aspect).containsExactly("debugger");
      assertThat(report.gaps().get(0).reason()).contains("in uninterruptible sleep");
      assertThat(text("threads.txt"))
          .contains("\"dd\" state D, wchan ", "kernel stack:\n    [<0>]");
      assertThat(captures.hangingReaders()).isZero();
      assertThat(frozen.thaw()).isEqualTo(1);
    }
  }

  private CaptureReport capture(int pid) throws IOException, InterruptedException {
    long start = Sighting.parse(Files.readString(Path.of("/proc/" + pid + "/stat"))).startTicks();
    ProcessId id = new ProcessId(pid, start);
    ProcessTarget target = new ProcessTarget(id, 0, "root", null, "hangs");
    return captures.capture(target, folder, true, Captures.DEADLINE);
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }
}

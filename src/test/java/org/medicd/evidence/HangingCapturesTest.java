package org.medicd.evidence;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.fact.Gap;

/** Whatever hangs costs a capture its deadline, and nothing else. */
@Tag("once")
class HangingCapturesTest {
  private static final Duration TEN_SECONDS = Captures.DEADLINE;

  @TempDir Path temp;
  private Path incident;
  private Path folder;

  @BeforeEach
  void nameAFolder() {
    incident = temp.resolve("state/evidence/incident-3");
    folder = incident.resolve("1");
  }

  @Test
  void oneHangingReadCostsThatPartAlone() throws Exception {
    FakeProc fake = fake().write("maps", "1000-3000 r-xp 00000000 00:00 0   [heap]\n");
    Path fifo = fake.fifo("limits");
    Captures captures = fake.captures();
    try {
      CaptureReport report = captures.capture(fake.target(), folder, false, TEN_SECONDS);

      assertThat(report.gaps())
          .contains(new Gap("limits", "pid 17", "hangs: not ready within 1000 ms"));
      assertThat(report.elapsed()).isLessThan(ofSeconds(8));
      assertThat(text("mappings.txt")).contains("8 [heap]");
      assertThat(captures.hangingReaders()).isEqualTo(1);
    } finally {
      FakeProc.release(fifo);
    }
    await().until(() -> captures.hangingReaders() == 0);
  }

  @Test
  void aHeldMmapLockIsWaitedForOnce() throws Exception {
    FakeProc fake = fake();
    Path fifo = fake.fifo("cmdline");
    Captures captures = fake.captures();
    try {
      CaptureReport report = captures.capture(fake.target(), folder, true, TEN_SECONDS);

      String reason = "not tried: it takes the lock at which cmdline hangs";
      assertThat(report.gaps())
          .contains(
              new Gap("cmdline", "pid 17", "hangs: not ready within 1000 ms"),
              new Gap("smaps_rollup", "pid 17", reason),
              new Gap("mappings", "pid 17", reason),
              new Gap("debugger", "pid 17", reason));
      assertThat(captures.hangingReaders()).isEqualTo(1);
      assertThat(report.elapsed()).isLessThan(ofSeconds(5));
    } finally {
      FakeProc.release(fifo);
    }
  }

  @Test
  void keepsWhatAPartFoundBeforeItHung() throws Exception {
    FakeProc fake = fake().write("task/17/comm", "good\n");
    Path fifo = fake.fifo("task/17/stack");
    try {
      CaptureReport report = fake.captures().capture(fake.target(), folder, false, TEN_SECONDS);

      assertThat(text("threads.txt")).contains("thread 17 \"good\"");
      assertThat(report.gaps()).extracting(Gap::aspect).contains("threads");
    } finally {
      FakeProc.release(fifo);
    }
  }

  @Test
  void theWholeCaptureHasADeadline() throws Exception {
    FakeProc fake = fake();
    Path fifo = fake.fifo("status");
    try {
      CaptureReport report =
          fake.captures().capture(fake.target(), folder, true, Duration.ofMillis(300));

      assertThat(report.gaps().get(0).reason()).startsWith("hangs: not ready within ");
      assertThat(report.gaps())
          .contains(
              new Gap("mappings", "pid 17", "no time was left for it"),
              new Gap("debugger", "pid 17", "no time was left for it"));
      assertThat(report.elapsed()).isLessThan(ofSeconds(3));
      assertThat(folder.resolve("summary.txt")).exists();
    } finally {
      FakeProc.release(fifo);
    }
  }

  /** All at the same time: each of them waits for its deadline. */
  @Test
  void whicheverFileHangsTheCaptureEnds() {
    Map<String, String> partByFile =
        Map.ofEntries(
            Map.entry("status", "status"),
            Map.entry("cgroup", "cgroup"),
            Map.entry("limits", "limits"),
            Map.entry("io", "io"),
            Map.entry("task/17/comm", "threads"),
            Map.entry("net/unix", "sockets"),
            Map.entry("../self/mountinfo", "control-group"),
            Map.entry("cmdline", "cmdline"),
            Map.entry("environ", "environment"),
            Map.entry("smaps_rollup", "smaps_rollup"),
            Map.entry("maps", "mappings"));

    List<CompletableFuture<Void>> all =
        partByFile.entrySet().stream()
            .map(each -> CompletableFuture.runAsync(() -> hangs(each.getKey(), each.getValue())))
            .toList();

    all.forEach(CompletableFuture::join);
  }

  private void hangs(String file, String part) {
    try {
      FakeProc fake = new FakeProc(temp.resolve("proc of " + part));
      fake.write("task/17/stat", "17 (fake) S 1\n").write("net/tcp", "sl\n");
      Files.createSymbolicLink(fake.folder.resolve("fd/3"), Path.of("socket:[17]"));
      Path fifo = fake.fifo(file);
      Path place = incident.resolve(part);

      CaptureReport report = fake.captures().capture(fake.target(), place, true, TEN_SECONDS);

      FakeProc.release(fifo);
      assertThat(report.gaps())
          .anySatisfy(
              gap -> {
                assertThat(gap.aspect()).isEqualTo(part);
                assertThat(gap.reason()).startsWith("hangs: not ready within ");
              });
      assertThat(report.elapsed()).isLessThan(ofSeconds(8));
      assertThat(place.resolve("summary.txt")).exists();
    } catch (IOException | InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  @Test
  void whereEverythingHangsTheCaptureEndsWithItsTime() throws Exception {
    FakeProc fake = fake().write("net/tcp", "sl\n");
    Files.createSymbolicLink(fake.folder.resolve("fd/3"), Path.of("socket:[17]"));
    List<Path> fifos = new ArrayList<>();
    for (String file : List.of("status", "cgroup", "limits", "io", "net/unix", "cmdline", "maps")) {
      fifos.add(fake.fifo(file));
    }
    try {
      CaptureReport report = fake.captures().capture(fake.target(), folder, true, ofSeconds(2));

      assertThat(report.elapsed()).isBetween(ofSeconds(2), ofSeconds(4));
      assertThat(report.gaps()).hasSizeGreaterThan(6);
      assertThat(folder.resolve("summary.txt")).exists();
    } finally {
      for (Path fifo : fifos) {
        releaseIfOpen(fifo);
      }
    }
  }

  /** The same, where it may be that nobody came to read it. */
  private static void releaseIfOpen(Path fifo) throws IOException, InterruptedException {
    String open = "exec 3<> \"$1\"; sleep 0.2";
    new ProcessBuilder("sh", "-c", open, "sh", fifo.toString()).start().waitFor();
  }

  private FakeProc fake() throws IOException {
    return new FakeProc(temp.resolve("proc"));
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }
}

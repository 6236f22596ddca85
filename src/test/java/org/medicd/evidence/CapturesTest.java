package org.medicd.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.fact.Gap;
import org.medicd.fact.ProcState;
import org.medicd.fact.ProcessId;

class CapturesTest {
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
  void capturesWhatASleepingProcessDoes() throws Exception {
    try (Child child = Child.sleeping()) {
      CaptureReport report = ofThisHost().capture(child.target(), folder, false, TEN_SECONDS);

      assertThat(report.vanished()).isFalse();
      assertThat(report.files())
          .extracting(CaptureReport.Captured::name)
          .contains(
              "status.txt",
              "cgroup.txt",
              "limits.txt",
              "threads.txt",
              "descriptors.txt",
              "cmdline.txt",
              "control-group.txt",
              "smaps_rollup.txt",
              "mappings.txt");
      assertThat(text("threads.txt")).contains("thread " + child.pid() + " \"sleep\" state S");
      assertThat(text("mappings.txt")).contains("[stack]", "/sleep");
      assertThat(text("cmdline.txt")).isEqualTo("/bin/sleep\n1000\n");
      assertThat(text("summary.txt"))
          .contains("process: pid " + child.pid(), "threads.txt: ", "missing:");
    }
  }

  @Test
  void sizesInTheReportAreThoseOfTheFiles() throws Exception {
    try (Child child = Child.sleeping()) {
      CaptureReport report = ofThisHost().capture(child.target(), folder, false, TEN_SECONDS);

      assertThat(report.files())
          .allSatisfy(file -> assertThat(folder.resolve(file.name())).hasSize(file.sizeBytes()));
    }
  }

  @Test
  void keepsTheEvidenceForItself() throws Exception {
    CaptureReport report = fake().captures().capture(fake().target(), folder, false, TEN_SECONDS);

    assertThat(report.files()).isNotEmpty();
    assertThat(permissions(folder)).isEqualTo("rwx------");
    assertThat(permissions(incident)).isEqualTo("rwx------");
    assertThat(permissions(folder.resolve("status.txt"))).isEqualTo("rw-------");
    assertThat(permissions(folder.resolve("summary.txt"))).isEqualTo("rw-------");
  }

  @Test
  void masksSecretsInTheCommandLine() throws Exception {
    try (Child child =
        Child.start("/bin/sh", "-c", "sleep 1000; :", "app", "--password", "hunter2")) {
      await().until(() -> !child.children().isEmpty());
      ofThisHost().capture(child.target(), folder, false, TEN_SECONDS);

      assertThat(text("cmdline.txt")).contains("--password\n***\n").doesNotContain("hunter2");
    }
  }

  @Test
  void masksSecretsInTheEnvironment() throws Exception {
    try (Child child =
        Child.start("/usr/bin/env", "-i", "DB_PASSWORD=hunter2", "LANG=C", "/bin/sleep", "1000")) {
      await().until(() -> Files.readSymbolicLink(child.proc("exe")).endsWith("sleep"));
      await().until(() -> child.state() == ProcState.SLEEPING);

      ofThisHost().capture(child.target(), folder, false, TEN_SECONDS);

      assertThat(text("environment.txt")).isEqualTo("DB_PASSWORD=***\nLANG=C\n");
    }
  }

  @Test
  void aHostileNameCannotReachTheTerminal() throws Exception {
    FakeProc fake = fake().write("task/17/comm", "a\u001b[2J\nthread 18\n");

    fake.captures().capture(fake.target(), folder, false, TEN_SECONDS);

    assertThat(text("threads.txt")).contains("\"a\\x1b[2J\\x0athread 18\"");
    assertThat(text("summary.txt")).contains("\"fa\\x1b[31m) ke\"");
  }

  @Test
  void dropsEverythingIfTheProcessEndsMidway() throws Exception {
    try (Child child = Child.sleeping()) {
      ProcessTarget target = child.target();
      Path proc = temp.resolve("proc");
      Path fake = Files.createDirectories(proc.resolve(Integer.toString(child.pid())));
      for (String real : List.of("stat", "status", "cgroup", "limits", "task", "fd")) {
        Files.createSymbolicLink(fake.resolve(real), child.proc(real));
      }
      Path fifo = fake.resolve("cmdline");
      assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();

      CompletableFuture<CaptureReport> capture =
          CompletableFuture.supplyAsync(() -> capture(FakeProc.captures(proc), target));
      try (OutputStream midway = Files.newOutputStream(fifo)) {
        assertThat(folder.resolve("status.txt")).exists();
        child.close();
        midway.write('x');
      }

      assertThat(capture.get().vanished()).isTrue();
      assertThat(capture.get().files()).isEmpty();
      assertThat(folder).doesNotExist();
    }
  }

  @Test
  void aPidThatIsAnothersNowIsVanished() throws Exception {
    FakeProc fake = fake().stat('S', 4712, 0);

    CaptureReport report = fake.captures().capture(fake.target(), folder, false, TEN_SECONDS);

    assertThat(report.vanished()).isTrue();
    assertThat(folder).doesNotExist();
  }

  @Test
  void cutsWhatIsTooLong() throws Exception {
    FakeProc fake = fake().write("cgroup", "x".repeat(200_000));

    CaptureReport report = fake.captures().capture(fake.target(), folder, false, TEN_SECONDS);

    assertThat(report.files())
        .contains(new CaptureReport.Captured("cgroup.txt", Scene.SMALL_BYTES, true));
    assertThat(text("summary.txt")).contains("cgroup.txt: 65536 bytes, cut: there was more");
  }

  @Test
  void doesNotWriteIntoAFolderThatIsThere() throws Exception {
    Files.createDirectories(folder);

    CaptureReport report = fake().captures().capture(fake().target(), folder, false, TEN_SECONDS);

    assertThat(report.gaps())
        .containsExactly(
            new Gap("folder", "pid 17", "not written: " + folder + " is there already"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void doesNotFollowALinkInPlaceOfAnIncidentsFolder() throws Exception {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    Files.createDirectories(temp.resolve("state/evidence"));
    Files.createSymbolicLink(incident, elsewhere);

    CaptureReport report = fake().captures().capture(fake().target(), folder, false, TEN_SECONDS);

    assertThat(report.gaps().get(0).reason()).contains("is not a folder, or a link to one");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void aZombieIsThereButTellsLittle() throws Exception {
    try (Child child = Child.start("/bin/sh", "-c", "sleep 0.01 & exec sleep 1000")) {
      await().until(() -> !child.children().isEmpty());
      int pid = child.children().get(0);
      Path stat = Path.of("/proc/" + pid + "/stat");
      await().until(() -> Files.readString(stat).contains(") Z "));
      long startTicks = Sighting.parse(Files.readString(stat)).startTicks();
      ProcessTarget zombie =
          new ProcessTarget(new ProcessId(pid, startTicks), null, null, null, "sleep");

      CaptureReport report = ofThisHost().capture(zombie, folder, true, TEN_SECONDS);

      assertThat(report.vanished()).isFalse();
      assertThat(text("status.txt")).contains("Z (zombie)");
      assertThat(report.gaps())
          .contains(
              new Gap(
                  "debugger",
                  "pid " + pid,
                  "the process is ended, waiting for its parent to reap it"));
    }
  }

  private CaptureReport capture(Captures captures, ProcessTarget target) {
    try {
      return captures.capture(target, folder, false, TEN_SECONDS);
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  private FakeProc fake() throws IOException {
    return new FakeProc(temp.resolve("proc"));
  }

  private Captures ofThisHost() {
    return FakeProc.captures(Path.of("/proc"));
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}

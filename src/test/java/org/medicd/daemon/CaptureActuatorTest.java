package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.evidence.Captures;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.HostId;
import org.medicd.fact.ProcessId;
import org.medicd.fact.ProcessMaker;
import org.medicd.fact.Scene;
import org.medicd.fact.Subject;
import org.medicd.fact.UnitId;
import org.medicd.linux.TrustedPrograms;
import org.medicd.linux.proc.PidStat;
import org.medicd.plan.Action;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Intent;
import org.medicd.plan.Mode;
import org.medicd.plan.Outcome;
import org.medicd.plan.Patient;
import org.medicd.plan.Report;

/** Which dossiers a capture has, about a process of the test's own; debuggers are not installed. */
class CaptureActuatorTest {
  private static final String UNIT = "made.service";

  @TempDir Path temp;
  private final Scene host = new Scene();
  private Process sleeper;
  private ProcessId id;

  @BeforeEach
  void begin() throws IOException {
    sleeper = new ProcessBuilder("sleep", "1000").start();
    Path folder = Path.of("/proc/" + sleeper.pid());
    await().until(() -> Files.readSymbolicLink(folder.resolve("exe")).endsWith("sleep"));
    long start = PidStat.parse(Files.readString(folder.resolve("stat"))).startTicks();
    id = new ProcessId((int) sleeper.pid(), start);
    host.has(id.pid(), this::asSeen);
  }

  @AfterEach
  void end() throws InterruptedException {
    sleeper.destroyForcibly().waitFor();
  }

  private ProcessMaker asSeen(ProcessMaker proc) {
    return proc.named("sleep").startTicks(id.startTicks()).unit(UNIT).user(uid(), "me");
  }

  private static int uid() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aProcessHasItsDossierBesideThoseOfItsUnitAndTheHost() throws Exception {
    Report report = capture(id, UNIT, "stacks", List.of(id));

    assertThat(report.outcome()).isInstanceOf(Outcome.Done.class);
    assertThat(report.evidence()).isEqualTo(temp.resolve("evidence/7").toString());
    assertThat(dossiers()).containsExactly(own(), "2-host", "2-unit-made.service");
    assertThat(missing(own())).contains("gdb: gdb is not installed", "strace: ");
  }

  @Test
  void nothingIsAttachedForTasks() throws Exception {
    capture(id, UNIT, "tasks", List.of(id));

    assertThat(missing(own())).doesNotContain("gdb", "strace");
  }

  @Test
  void aUnitWithoutATargetHasTheDossierOfItsProcessAndNothingIsAttachedToThat() throws Exception {
    Report report = capture(new UnitId(UNIT), UNIT, "stacks", List.of());

    assertThat(report.outcome()).isInstanceOf(Outcome.Done.class);
    assertThat(dossiers()).containsExactly(own(), "2-host", "2-unit-made.service");
    assertThat(missing(own())).doesNotContain("gdb", "strace");
    assertThat(temp.resolve("evidence/7/2-unit-made.service/summary.txt"))
        .content()
        .startsWith("unit: made.service\nprocess: " + id + "\n");
  }

  @Test
  void aFileSystemHasADossierBesideTheHosts() throws Exception {
    capture(new FilesystemId("/mnt", "nas:/export"), null, "files", List.of());

    assertThat(dossiers()).containsExactly("2-filesystem", "2-host");
  }

  @Test
  void theHostHasOne() throws Exception {
    Report report = capture(new HostId(), null, "host", List.of());

    assertThat(dossiers()).containsExactly("2-host");
    assertThat(report.outcome().toString()).contains("host: ");
  }

  @Test
  void aProcessThatEndedLeavesTheOtherDossiers() throws Exception {
    end();

    Report report = capture(id, UNIT, "stacks", List.of(id));

    assertThat(report.outcome()).isInstanceOf(Outcome.Vanished.class);
    assertThat(report.evidence()).isNotNull();
    assertThat(dossiers()).containsExactly("2-host", "2-unit-made.service");
  }

  private String own() {
    return "2-" + id.pid() + "-" + id.startTicks();
  }

  private Report capture(
      Subject subject, @Nullable String unit, String what, List<ProcessId> targets)
      throws Exception {
    Patient patient = new Patient(subject, null, null, null, unit, null);
    Action action = new Action(Kind.CAPTURE, what);
    Intent intent =
        new Intent(
            "7", "ill", "rule", Mode.ACT, 2, action, patient, targets, null, true, false, false,
            false);
    Path nothing = Files.createDirectory(temp.resolve("bin"));
    Captures captures =
        new Captures(
            Path.of("/proc"),
            new TrustedPrograms(List.of(nothing)),
            target -> {},
            System::nanoTime);
    return new CaptureActuator(captures, temp.resolve("evidence"), () -> host.after(Duration.ZERO))
        .act(intent);
  }

  private List<String> dossiers() throws IOException {
    try (Stream<Path> folders = Files.list(temp.resolve("evidence/7"))) {
      return folders.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  /** What the summary says is missing. */
  private String missing(String dossier) throws IOException {
    String summary =
        Files.readString(temp.resolve("evidence/7").resolve(dossier).resolve("summary.txt"));
    return summary.substring(summary.indexOf("missing:"));
  }
}

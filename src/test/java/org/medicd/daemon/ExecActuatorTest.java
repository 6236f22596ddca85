package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.config.Exec;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Subject;
import org.medicd.lab.NeedsRoot;
import org.medicd.linux.Programs;
import org.medicd.linux.TrustedPrograms;
import org.medicd.plan.Action;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Intent;
import org.medicd.plan.Mode;
import org.medicd.plan.Outcome;
import org.medicd.plan.Patient;
import org.medicd.plan.Report;

/** On real programs, which root runs as somebody else. */
@NeedsRoot
class ExecActuatorTest {
  private static final ProcessId PROCESS = new ProcessId(4711, 99);

  @TempDir Path evidence;
  private Path actions;

  /** Not in /tmp's own tree of folders: every folder above a program must be root's alone. */
  @BeforeEach
  void makeFolder() throws IOException {
    actions = Files.createTempDirectory(Path.of("/var/tmp"), "medicd-test-actions");
    Files.setPosixFilePermissions(actions, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void removeFolder() throws IOException {
    try (var files = Files.list(actions)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(actions);
  }

  private Path program(String name, String... lines) throws IOException {
    Path file = actions.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  private Report run(String user, Subject subject, String name, String... arguments)
      throws Exception {
    Exec exec = new Exec(actions, user, Duration.ofSeconds(2));
    Intent intent =
        new Intent(
            "i-1",
            "queue-stuck",
            "treatment: queue",
            Mode.ACT,
            3,
            new Action(Kind.EXEC, name, List.of(arguments)),
            new Patient(subject, "mta\nq", "/usr/bin/mta", null, "mta.service", null),
            subject instanceof ProcessId process ? List.of(process) : List.of(),
            null,
            true,
            false,
            false,
            false);
    Programs programs = new Programs(TrustedPrograms.ofThisHost());
    return new ExecActuator(programs, () -> exec, evidence).act(intent);
  }

  private Report run(String name, String... arguments) throws Exception {
    return run("nobody", PROCESS, name, arguments);
  }

  private String output(String folder) throws IOException {
    return Files.readString(evidence.resolve("i-1").resolve(folder).resolve("output.txt"));
  }

  @Test
  void aProgramGetsItsArgumentsAsTheyAre() throws Exception {
    program("show", "for each in \"$@\"; do echo \"<$each>\"; done");
    Report report = run("show", "a b", "$HOME; id", "");
    assertThat(report.outcome()).isEqualTo(new Outcome.Done("show ended well: <>"));
    assertThat(report.evidence()).isEqualTo(evidence.resolve("i-1").toString());
    assertThat(output("3-exec-show")).isEqualTo("<a b>\n<$HOME; id>\n<>\n");
  }

  @Test
  void itLearnsOfTheIncidentByItsEnvironment() throws Exception {
    program("show", "env | grep MEDICD_ | sort");
    run("show");
    assertThat(output("3-exec-show").lines())
        .containsExactly(
            "MEDICD_COMM=mta",
            "MEDICD_DIAGNOSIS=queue-stuck",
            "MEDICD_EXECUTABLE=/usr/bin/mta",
            "MEDICD_INCIDENT=i-1",
            "MEDICD_PID=4711",
            "MEDICD_PIDS=4711",
            "MEDICD_RULE=treatment: queue",
            "MEDICD_START_TICKS=99",
            "MEDICD_SUBJECT=process",
            "MEDICD_UNIT=mta.service");
  }

  @Test
  void aFileSystemIsNamedByItsMountPoint() throws Exception {
    program("show", "env | grep MEDICD_MOUNT_POINT; env | grep -c MEDICD_PID");
    Report report = run("nobody", new FilesystemId("/data", "/dev/sdb"), "show");
    assertThat(output("3-exec-show")).isEqualTo("MEDICD_MOUNT_POINT=/data\n0\n");
    assertThat(report.outcome()).isEqualTo(new Outcome.Failed("show ended with status 1: 0"));
  }

  @Test
  void itRunsAsTheConfiguredUserAndCannotBecomeAnother() throws Exception {
    program("who", "id -un; grep NoNewPrivs /proc/self/status; id -G | wc -w");
    run("who");
    assertThat(output("3-exec-who").split("\\s+"))
        .containsExactly("nobody", "NoNewPrivs:", "1", "1");
  }

  @Test
  void aUserThatDoesNotExistIsSaid() throws Exception {
    program("who", "id");
    assertThatThrownBy(() -> run("nobody-of-that-name", PROCESS, "who"))
        .hasMessage("no user is named 'nobody-of-that-name': see exec.user in the configuration");
  }

  @Test
  void whatItDidCountsAlsoWhereItsOutputCannotBeKept() throws Exception {
    Files.writeString(evidence.resolve("i-1"), "in the way");
    program("show", "echo flushed");
    Report report = run("show");
    assertThat(report.outcome().words())
        .startsWith("done: show ended well: flushed; its output could not be kept: ");
    assertThat(report.evidence()).isNull();
  }

  @Test
  void aBadEndIsAFailureWithItsLastLine() throws Exception {
    program("fails", "echo trying", "echo 'the queue is locked' >&2", "exit 3");
    assertThat(run("fails").outcome())
        .isEqualTo(new Outcome.Failed("fails ended with status 3: the queue is locked"));
  }

  @Test
  void oneThatDoesNotEndIsEndedWithAllThatItStarted() throws Exception {
    program("hangs", "sleep 333 & echo $!", "wait");
    assertThat(run("hangs").outcome().words())
        .startsWith("timed out: hangs did not end within 2000 ms, and was ended: ");
    String child = output("3-exec-hangs").strip();
    await("its child is gone").until(() -> !Files.exists(Path.of("/proc", child)));
  }

  @Test
  void nothingIsRunFromElsewhere() throws Exception {
    for (String name : List.of("../../bin/true", "/bin/true", "", ".hidden")) {
      assertThat(run(name).outcome().words()).as(name).contains("is not the name of a file");
    }
    assertThatThrownBy(() -> run("missing")).hasMessageContaining("is not an executable file");
  }

  @Test
  void whatOthersMayWriteIsNotRun() throws Exception {
    Path file = program("open", "id");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> run("open")).hasMessageContaining("writable by");
  }
}

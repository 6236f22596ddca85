package org.medicd.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.medicd.fact.Unit;
import org.medicd.lab.JournalOfFailure;
import org.medicd.lab.NeedsSystemd;
import org.medicd.lab.SystemdLab;
import org.medicd.linux.systemd.SystemdException.Kind;

@NeedsSystemd
class SystemdBusIT {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static SystemdLab lab;
  private SystemdBus systemd;

  @BeforeAll
  static void boot() {
    lab = SystemdLab.boot();
  }

  @AfterAll
  static void end() {
    lab.close();
  }

  @BeforeEach
  void connect() {
    systemd = new SystemdBus(lab.busAddress());
  }

  /** Tests that fail show what systemd had to say. */
  @RegisterExtension final JournalOfFailure journal = new JournalOfFailure(() -> lab);

  @AfterEach
  void disconnect() {
    systemd.close();
  }

  @Test
  void restartsAServiceAndSeesItsNewInvocation() throws SystemdException {
    lab.unitFile("nap.service", "[Service]", "ExecStart=/bin/sleep 1000");
    lab.systemctl("start", "nap.service");
    Unit before = systemd.unit("nap.service", LIMIT);

    JobResult restarted = systemd.restart("nap.service", LIMIT);

    assertThat(restarted.result()).isEqualTo("done");
    Unit after = systemd.unit("nap.service", LIMIT);
    assertThat(after.invocationId())
        .hasSize(32)
        .isNotEqualTo(before.invocationId())
        .isEqualTo(lab.systemctl("show", "--value", "-p", "InvocationID", "nap.service"));
    assertThat(after.mainPid()).isNotNull().isNotEqualTo(before.mainPid());
  }

  @Test
  void readsEveryFieldOfAService() throws SystemdException {
    lab.unitFile(
        "field.service",
        "[Service]",
        "Type=exec",
        "TimeoutStopSec=1500ms",
        "SendSIGKILL=no",
        "WatchdogSec=20",
        "MemoryMax=64M",
        "TasksMax=40",
        "ExecStart=/bin/sleep 1000");
    assertThat(systemd.start("field.service", LIMIT).isDone()).isTrue();
    String pid = lab.systemctl("show", "--value", "-p", "MainPID", "field.service");
    String id = lab.systemctl("show", "--value", "-p", "InvocationID", "field.service");

    Unit unit = systemd.unit("field.service", LIMIT);
    assertThat(unit)
        .isEqualTo(
            new Unit(
                "field.service",
                "active",
                "running",
                "success",
                "exec",
                Integer.valueOf(pid),
                id,
                Duration.ofMillis(1500),
                false,
                0,
                "bus",
                "loaded",
                unit.changedAt(),
                null,
                null,
                null,
                null,
                new Unit.Allowance(Duration.ofSeconds(20), 64L << 20, 40L, null, null, null, null),
                Unit.Ties.UNKNOWN));
    assertThat(unit.changedAt())
        .isBetween(
            InstantSource.system().instant().minusSeconds(60), InstantSource.system().instant());
  }

  @Test
  void tellsOfAServiceThatDoesNotStart() throws SystemdException {
    lab.unitFile("broken.service", "[Service]", "Type=exec", "ExecStart=/nonexistent");
    assertThat(systemd.restart("broken.service", LIMIT).result()).isEqualTo("failed");

    Unit unit = systemd.unit("broken.service", LIMIT);
    assertThat(unit.activeState()).isEqualTo("failed");
    assertThat(unit.result()).isEqualTo("exit-code");
    assertThat(unit.mainPid()).isNull();
  }

  @Test
  void countsAutomaticRestarts() throws SystemdException {
    lab.unitFile(
        "flap.service",
        "[Unit]",
        "StartLimitBurst=3",
        "[Service]",
        "Restart=on-failure",
        "RestartSec=1ms",
        "ExecStart=/bin/false");
    systemd.start("flap.service", LIMIT);

    Unit unit =
        Awaitility.await()
            .until(
                () -> systemd.unit("flap.service", LIMIT), u -> u.activeState().equals("failed"));
    assertThat(unit.restarts()).isEqualTo(3);
  }

  @Test
  void tellsOfAFailedDependency() throws SystemdException {
    lab.unitFile("root-cause.service", "[Service]", "Type=exec", "ExecStart=/nonexistent");
    lab.unitFile(
        "victim.service",
        "[Unit]",
        "Requires=root-cause.service",
        "After=root-cause.service",
        "[Service]",
        "ExecStart=/bin/sleep 1000");

    assertThat(systemd.restart("victim.service", LIMIT).result()).isEqualTo("dependency");
  }

  @Test
  void namesAMissingUnit() {
    assertThat(refusal(() -> systemd.unit("nobody.service", LIMIT)))
        .returns(Kind.NO_SUCH_UNIT, SystemdException::kind)
        .hasMessageContaining("nobody.service");
    assertThat(refusal(() -> systemd.restart("nobody.service", LIMIT)).kind())
        .isEqualTo(Kind.NO_SUCH_UNIT);
  }

  @Test
  void refusesToReloadAServiceThatCannot() {
    lab.unitFile("nap.service", "[Service]", "ExecStart=/bin/sleep 1000");
    lab.systemctl("start", "nap.service");

    assertThat(refusal(() -> systemd.reload("nap.service", LIMIT)))
        .returns(Kind.REFUSED, SystemdException::kind)
        .hasMessageContaining("ReloadUnit nap.service")
        .hasMessageContaining("not applicable");
  }

  @Test
  void takesAnInfiniteStopTimeoutForNone() throws SystemdException {
    lab.unitFile(
        "patient.service", "[Service]", "TimeoutStopSec=infinity", "ExecStart=/bin/sleep 1000");
    assertThat(systemd.unit("patient.service", LIMIT).stopTimeout()).isNull();
  }

  @Test
  void leavesTheFieldsOfServicesOpenForOtherUnits() throws SystemdException {
    assertThat(systemd.unit("basic.target", LIMIT))
        .returns("active", Unit::activeState)
        .returns("success", Unit::result)
        .returns(null, Unit::type)
        .returns(null, Unit::mainPid)
        .returns(null, Unit::stopTimeout);
  }

  @Test
  void givesUpOnAJobThatOutlastsTheDeadline() throws SystemdException {
    lab.unitFile(
        "slow.service",
        "[Service]",
        "Type=oneshot",
        "TimeoutStartSec=60",
        "ExecStart=/bin/sleep 60");
    assertThat(refusal(() -> systemd.start("slow.service", Duration.ofMillis(500))))
        .returns(Kind.TIMED_OUT, SystemdException::kind)
        .hasMessageContaining("list-jobs");

    assertThat(systemd.stop("slow.service", LIMIT).isDone()).isTrue();
  }

  @Test
  void pointsAnUnprivilegedUserAtPolkit() {
    lab.unitFile("nap.service", "[Service]", "ExecStart=/bin/sleep 1000");
    lab.openClassPathToAll();
    List<String> command =
        new ArrayList<>(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
    command.addAll(SystemdLab.javaCommand(RestartOnce.class));
    command.add("nap.service");

    assertThat(lab.run(Duration.ofSeconds(30), command.toArray(String[]::new)).expectSuccess())
        .startsWith("NOT_PERMITTED: RestartUnit nap.service")
        .contains("polkit");
  }

  private static SystemdException refusal(ThrowingCallable call) {
    return catchThrowableOfType(SystemdException.class, call);
  }
}

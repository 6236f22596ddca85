package org.medicd.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.medicd.fact.Unit;
import org.medicd.lab.JournalOfFailure;
import org.medicd.lab.NeedsSystemd;
import org.medicd.lab.SystemdLab;

/** All units of a real systemd, followed by its signals. */
@NeedsSystemd
@Tag("once")
class UnitFollowIT {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration SOON = Duration.ofSeconds(2);

  /** Polling what is watched would hide a signal that did not come. */
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private static SystemdLab lab;
  private SystemdBus systemd;
  private UnitWatch watch;

  @RegisterExtension final JournalOfFailure journal = new JournalOfFailure(() -> lab);

  @BeforeAll
  static void boot() {
    lab = SystemdLab.boot();
  }

  @AfterAll
  static void end() {
    lab.close();
  }

  @BeforeEach
  void follow() {
    systemd = new SystemdBus(lab.busAddress());
    watch = new UnitWatch(systemd, PERIOD, LIMIT);
    watch.follow(true);
    await().until(() -> is("dbus.service", Unit::isActive));
  }

  @AfterEach
  void close() {
    watch.close();
    systemd.close();
  }

  @Test
  void seesAServiceFailWithinTwoSeconds() {
    lab.unitFile("doomed.service", "[Service]", "ExecStart=/bin/sleep 1000");
    lab.systemctl("start", "doomed.service");
    await().atMost(SOON).until(() -> is("doomed.service", Unit::isActive));

    lab.systemctl("kill", "--signal=SEGV", "doomed.service");

    await().atMost(SOON).until(() -> is("doomed.service", u -> u.activeState().equals("failed")));
    Unit doomed = Objects.requireNonNull(watch.current().get("doomed.service"));
    assertThat(doomed.exitSignal()).isEqualTo(11);
    assertThat(doomed.source()).isEqualTo("bus");
    lab.systemctl("reset-failed", "doomed.service");
    await().atMost(SOON).until(() -> !is("doomed.service", u -> u.activeState().equals("failed")));
  }

  @Test
  void countsTheRestartsOfAFlappingService() {
    lab.unitFile(
        "flapping.service",
        "[Unit]",
        "StartLimitIntervalSec=0",
        "[Service]",
        "Restart=always",
        "RestartSec=300ms",
        "ExecStart=/bin/sh -c 'exit 3'");
    lab.systemctl("start", "flapping.service");
    await().until(() -> is("flapping.service", u -> u.restarts() != null && u.restarts() >= 8));

    lab.systemctl("stop", "flapping.service");

    Unit last = Objects.requireNonNull(watch.current().get("flapping.service"));
    assertThat(last.recentRestarts()).isBetween(6, last.restarts());
    assertThat(last.recentStarts()).isGreaterThanOrEqualTo(last.recentRestarts());
    assertThat(last.exitStatus()).isEqualTo(3);
  }

  @Test
  void asksNothingWhileNothingHappens() {
    await().until(this::isSettled);
    String calls =
        lab.run(
                LIMIT,
                "sh",
                "-c",
                "timeout 5 dbus-monitor --system "
                    + "\"type='method_call',destination='org.freedesktop.systemd1'\" & "
                    + "sleep 1; busctl call org.freedesktop.systemd1 /org/freedesktop/systemd1 "
                    + "org.freedesktop.systemd1.Manager GetUnit s dbus.service; wait")
            .out();
    assertThat(calls.lines().filter(line -> line.startsWith("method call")))
        .singleElement()
        .asString()
        .endsWith("member=GetUnit");
  }

  @Test
  void noticesNewSettingsAfterAReload() {
    lab.unitFile("set.service", "[Service]", "TasksMax=30", "ExecStart=/bin/sleep 1000");
    lab.systemctl("start", "set.service");
    await().until(() -> is("set.service", u -> Long.valueOf(30).equals(u.allowance().tasksMax())));
    lab.unitFile("set.service", "[Service]", "TasksMax=50", "ExecStart=/bin/sleep 1000");
    await().until(() -> is("set.service", u -> Long.valueOf(50).equals(u.allowance().tasksMax())));
  }

  @Test
  void followsSystemdThroughItsOwnReexecution() {
    lab.unitFile("nap.service", "[Service]", "ExecStart=/bin/sleep 1000");
    lab.systemctl("start", "nap.service");
    await().atMost(SOON).until(() -> is("nap.service", Unit::isActive));
    lab.systemctl("daemon-reexec");
    await().until(() -> is("nap.service", Unit::isActive) && watch.gaps().isEmpty());

    lab.systemctl("stop", "nap.service");

    await().atMost(Duration.ofSeconds(5)).until(() -> !is("nap.service", Unit::isActive));
  }

  @Test
  void takesPopulatedUnitsForActiveWithoutABusAndIsFullAgainAfterwards() {
    lab.unitFile("nap.service", "[Service]", "ExecStart=/bin/sleep 1000");
    lab.systemctl("start", "nap.service");
    await().until(() -> is("nap.service", Unit::isActive));
    lab.systemctl("stop", "dbus.socket", "dbus.service");
    try {
      await().until(() -> !watch.gaps().isEmpty());
      assertThat(watch.gaps().get(0).reason()).contains("dbus.socket");
      assertThat(watch.beside(Set.of("nap.service")))
          .containsExactly(Unit.inState("nap.service", "active", "unknown", "cgroups", null));
      assertThat(watch.current()).isEmpty();
    } finally {
      lab.systemctl("start", "dbus.socket", "dbus.service");
    }
    await()
        .until(
            () ->
                watch.beside(Set.of("nap.service")).stream()
                    .noneMatch(u -> u.name().equals("nap.service")));
    await().until(() -> is("nap.service", u -> u.mainPid() != null && u.source().equals("bus")));
    assertThat(watch.gaps()).isEmpty();

    lab.systemctl("stop", "nap.service");
    await().atMost(SOON).until(() -> !is("nap.service", Unit::isActive));
  }

  @Test
  void believesNobodyButSystemd() {
    await().until(this::isSettled);
    for (int i = 0; i < 5; i++) {
      lab.run(
              LIMIT,
              "busctl",
              "emit",
              BusMethod.MANAGER_PATH,
              BusMethod.MANAGER_INTERFACE,
              "UnitRemoved",
              "so",
              "dbus.service",
              UnitPath.of("dbus.service"))
          .expectSuccess();
    }
    await()
        .during(Duration.ofSeconds(1))
        .until(() -> watch.current().containsKey("dbus.service") && watch.gaps().isEmpty());
  }

  @Test
  void followsAMount() {
    lab.write(Path.of("/run/mounted/x"), "");
    lab.unitFile("run-mounted.mount", "[Mount]", "What=tmpfs", "Where=/run/mounted", "Type=tmpfs");
    lab.systemctl("start", "run-mounted.mount");
    await().atMost(SOON).until(() -> is("run-mounted.mount", Unit::isActive));
    lab.systemctl("stop", "run-mounted.mount");
    await().atMost(SOON).until(() -> !is("run-mounted.mount", Unit::isActive));
  }

  /** All services that run were read in full. */
  private boolean isSettled() {
    return watch.beside(Set.of()).stream()
        .noneMatch(u -> u.name().endsWith(".service") && u.isActive());
  }

  private boolean is(String name, Predicate<Unit> state) {
    watch.beside(Set.of());
    @Nullable Unit unit = watch.current().get(name);
    return unit != null && state.test(unit);
  }
}

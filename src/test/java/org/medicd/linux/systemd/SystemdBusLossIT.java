package org.medicd.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medicd.lab.NeedsSystemd;
import org.medicd.lab.SystemdLab;
import org.medicd.linux.systemd.SystemdException.Kind;

/**
 * What becomes of calls when the bus, or systemd itself, goes away; and of lies told on the bus.
 */
@NeedsSystemd
class SystemdBusLossIT {
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

  @AfterEach
  void disconnect() {
    systemd.close();
  }

  @Test
  void findsAnotherBusAfterTheFirstIsLost() throws SystemdException {
    assertThat(systemd.unit("basic.target", LIMIT).isActive()).isTrue();
    lab.systemctl("stop", "dbus.socket", "dbus.service");

    assertThat(
            catchThrowableOfType(SystemdException.class, () -> systemd.unit("basic.target", LIMIT)))
        .returns(Kind.UNREACHABLE, SystemdException::kind)
        .hasMessageContaining("dbus.socket");

    lab.systemctl("start", "dbus.socket", "dbus.service");
    Awaitility.await()
        .ignoreExceptionsInstanceOf(SystemdException.class)
        .until(() -> systemd.unit("basic.target", LIMIT).isActive());
  }

  @Test
  void followsSystemdThroughItsOwnReexecution() throws SystemdException {
    lab.unitFile("nap.service", "[Service]", "ExecStart=/bin/sleep 1000");
    assertThat(systemd.restart("nap.service", LIMIT).isDone()).isTrue();
    lab.systemctl("daemon-reexec");

    Awaitility.await()
        .ignoreExceptionsInstanceOf(SystemdException.class)
        .until(() -> systemd.restart("nap.service", LIMIT).isDone());
  }

  @Test
  void leavesAJobInDoubtWhoseBusIsLost() {
    CompletableFuture<JobResult> job = startWaiting();
    lab.systemctl("stop", "dbus.socket", "dbus.service");
    try {
      assertThat(job)
          .failsWithin(LIMIT)
          .withThrowableThat()
          .havingRootCause()
          .isInstanceOf(SystemdException.class)
          .withMessageContaining("unknown");
    } finally {
      lab.write(Path.of("/run/go"), "");
      lab.systemctl("start", "dbus.socket", "dbus.service");
    }
  }

  @Test
  void ignoresTheEndOfAJobThatSystemdDidNotTell() {
    CompletableFuture<JobResult> job = startWaiting();
    String number = lab.systemctl("list-jobs", "--no-legend", "waiting.service").split(" +")[0];
    String path = "/org/freedesktop/systemd1/job/" + number;
    lab.run(
            LIMIT,
            "busctl",
            "emit",
            "/org/freedesktop/systemd1",
            BusMethod.MANAGER_INTERFACE,
            "JobRemoved",
            "uoss",
            number,
            path,
            "waiting.service",
            "canceled")
        .expectSuccess();

    lab.write(Path.of("/run/go"), "");

    assertThat(job).succeedsWithin(LIMIT).isEqualTo(new JobResult(path, "done"));
  }

  /** Starts a service that is up once /run/go exists; returns while its job runs. */
  private CompletableFuture<JobResult> startWaiting() {
    lab.run(LIMIT, "rm", "-f", "/run/go").expectSuccess();
    lab.unitFile(
        "waiting.service",
        "[Service]",
        "Type=oneshot",
        "ExecStart=/bin/sh -c 'until [ -e /run/go ]; do sleep 0.05; done'");
    CompletableFuture<JobResult> job =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return systemd.start("waiting.service", LIMIT.multipliedBy(2));
              } catch (SystemdException e) {
                throw new CompletionException(e);
              }
            });
    Awaitility.await()
        .atMost(10, TimeUnit.SECONDS)
        .until(
            () -> lab.systemctl("list-jobs", "--no-legend"),
            jobs -> jobs.contains("waiting.service"));
    return job;
  }
}

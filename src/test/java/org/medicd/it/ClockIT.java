package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.medicd.it.RunningDaemon.done;
import static org.medicd.it.RunningDaemon.id;
import static org.medicd.it.RunningDaemon.inState;
import static org.medicd.it.RunningDaemon.rungs;
import static org.medicd.it.TestProcess.BY_KILL;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.lab.Program;

/**
 * The daemon's wall clock is set, and its time stands still. Ill is who burns for two seconds; TERM
 * has three.
 */
@Tag("once")
class ClockIT {
  private static final Duration LONG = Duration.ofSeconds(45);
  private static final Duration DAY = Duration.ofDays(1);

  /** Less what it takes until somebody here sees that TERM was sent. */
  private static final Duration PATIENCE = Duration.ofMillis(2_500);

  private static final Duration FOR = Duration.ofMillis(1_900);

  @TempDir Path folder;
  private Path program;
  private Path terms;
  private Path wallClock;
  private String yaml;

  @BeforeEach
  void program() throws IOException {
    program = TestProcess.shell(folder, "burner");
    terms = folder.resolve("terms");
    wallClock = folder.resolve("wall-clock");
    setClock(Duration.ZERO);
    Path rules = RunningDaemon.impatientRules(folder);
    Path cpu = rules.resolve("cpu.drl");
    Files.writeString(cpu, Files.readString(cpu).replace("term(\"2s\")", "term(\"3s\")"));
    yaml =
        """
        mode: act
        tick: 200ms
        rules: [%s]
        scope: { processes: [%s] }
        limits:
          cpu-runaway: { cpu-percent: 50, for: 2s, host-percent: 0 }
        """
            .formatted(rules, program);
  }

  private void setClock(Duration further) throws IOException {
    ByteBuffer seconds = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
    seconds.putLong(further.toSeconds()).flip();
    try (FileChannel file =
        FileChannel.open(wallClock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(seconds, 0);
    }
  }

  /** The host's own clock is left alone: a library answers the daemon in its place. */
  private RunningDaemon startWithClock() throws IOException {
    Path library = folder.resolve("wall-clock.so");
    Program.run(
            LONG,
            List.of(
                "gcc",
                "-O2",
                "-shared",
                "-fPIC",
                "-o",
                library.toString(),
                "src/test/lab/wall-clock.c"))
        .expectSuccess();
    return RunningDaemon.start(
        folder, yaml, "env", "LD_PRELOAD=" + library, "WALL_CLOCK=" + wallClock);
  }

  private TestProcess burn() throws IOException {
    return TestProcess.run(
        program, "trap \"echo TERM >> '%s'\" TERM; while :; do :; done".formatted(terms));
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private void awaitTerm() {
    await("TERM").atMost(LONG).pollInterval(Duration.ofMillis(50)).until(() -> Files.exists(terms));
  }

  @Test
  void aWallClockThatIsSetMakesNothingSoonerOrLater() throws Exception {
    try (RunningDaemon daemon = startWithClock()) {
      long first;
      try (TestProcess burner = burn()) {
        first = burner.pid();
        long began = System.nanoTime();
        await("that it burns")
            .atMost(LONG)
            .ignoreExceptionsInstanceOf(IOException.class)
            .until(() -> daemon.client().why((int) burner.pid()).contains("cpu-hot"));
        setClock(DAY);
        awaitTerm();
        assertThat(since(began)).isBetween(FOR, Duration.ofSeconds(20));
        long term = System.nanoTime();
        setClock(DAY.negated());
        assertThat(burner.exitStatus(LONG, daemon)).isEqualTo(BY_KILL);
        assertThat(since(term)).isBetween(PATIENCE, Duration.ofSeconds(15));
        JsonObject after =
            daemon.awaitIncident("cpu-runaway", burner.pid(), LONG, inState("recovered"));
        assertThat(Instant.parse(after.get("openedAt").getAsString())).isAfter(Instant.now());
        assertThat(Instant.parse(after.get("closedAt").getAsString())).isBefore(Instant.now());
      }
      // Or the next would be the same incident.
      await("that it stays over")
          .during(Duration.ofSeconds(4))
          .until(
              () -> daemon.incident("cpu-runaway", first).filter(inState("recovered")).isPresent());
      try (TestProcess next = burn()) {
        awaitThatItWaits(daemon, next);
        setClock(DAY);
        stillWaits(daemon, next);
        daemon.crash();
        daemon.restart();
        awaitThatItWaits(daemon, next);
        stillWaits(daemon, next);
        assertThat(next.lives()).isTrue();
        assertThat(Files.readAllLines(terms)).containsExactly("TERM");
      }
    }
  }

  private static void awaitThatItWaits(RunningDaemon daemon, TestProcess burner) {
    daemon.awaitIncident("cpu-runaway", burner.pid(), LONG, ClockIT::waits);
  }

  private static boolean waits(JsonObject incident) {
    return rungs(incident).contains("term refused by cooldown");
  }

  private static void stillWaits(RunningDaemon daemon, TestProcess burner) {
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(5))
        .until(
            () -> daemon.incident("cpu-runaway", burner.pid()).filter(ClockIT::waits).isPresent());
  }

  @Test
  void aBurnerThatStoodStillWithMedicdHasItsWholePatience() throws Exception {
    try (RunningDaemon daemon = RunningDaemon.start(folder, yaml);
        TestProcess burner = burn()) {
      awaitTerm();
      JsonObject before =
          daemon.awaitIncident(
              "cpu-runaway", burner.pid(), LONG, incident -> done(incident).contains("term"));
      signal("STOP", daemon.pid());
      signal("STOP", burner.pid());
      await("that both stand still")
          .during(Duration.ofSeconds(8))
          .until(() -> burner.state() == 'T' && TestProcess.state(daemon.pid()) == 'T');
      signal("CONT", burner.pid());
      signal("CONT", daemon.pid());
      long again = System.nanoTime();

      assertThat(burner.exitStatus(LONG, daemon)).isEqualTo(BY_KILL);
      assertThat(since(again)).isGreaterThan(PATIENCE);
      JsonObject after =
          daemon.awaitIncident("cpu-runaway", burner.pid(), LONG, inState("recovered"));
      assertThat(id(after)).isEqualTo(id(before));
      assertThat(daemon.log()).contains("nothing was seen for 8 s");
      assertThat(
              daemon
                  .log()
                  .lines()
                  .filter(line -> line.contains(id(after) + " cpu-runaway recovered")))
          .hasSize(1);
      assertThat(Files.readAllLines(terms)).containsExactly("TERM");
    }
  }

  private static void signal(String name, long pid) {
    Program.run(LONG, List.of("kill", "-" + name, "" + pid)).expectSuccess();
  }
}

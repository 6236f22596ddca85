package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.medicd.it.DaemonInLab.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.lab.NeedsRoot;
import org.medicd.lab.Program;

/**
 * The whole daemon beside a FUSE mount that hangs, a process whose mmap lock is held, and with its
 * own state on a file system that freezes: it looks on, tells what it cannot see, and loses
 * nothing.
 */
@NeedsRoot
@Tag("once")
class BesideWhatHangsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String SCRIPT = "src/test/lab/beside-what-hangs.sh";
  private static final int FROZEN_SECONDS = 12;
  private static final String ASKS_FOR_FILE_SYSTEMS =
      """
      rule "full" when Filesystem( usedPercent > 100 ) then end
      """;

  @TempDir Path folder;

  @Test
  void looksOnTellsWhatItCannotSeeAndLosesNothing() throws Exception {
    Path lock = folder.resolve("mmap-lock");
    run("gcc", "-O2", "-o", lock.toString(), "src/test/lab/mmap-lock.c");
    Path rules = RunningDaemon.impatientRules(folder);
    Files.writeString(rules.resolve("asks.drl"), ASKS_FOR_FILE_SYSTEMS);
    String yaml =
        """
        mode: observe
        tick: 200ms
        rules: [%s]
        limits: { cpu-runaway: { for: 1s, cpu-percent: 50, host-percent: 0 } }
        """
            .formatted(rules);
    try (RunningDaemon daemon =
        RunningDaemon.start(folder, yaml, "bash", SCRIPT, folder.toString(), lock.toString())) {
      String held = "pid " + Files.readString(folder.resolve("hangs")).strip().split(" ")[1];
      await("gaps")
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(gaps(daemon))
                      .anyMatch(
                          gap -> gap.startsWith("proc/PID/cmdline of " + held + ": no answer for "))
                      .anyMatch(
                          gap ->
                              gap.matches("file systems of file system .*/hung .*: no answer.*")));

      Process thaw = freeze(daemon);
      try (TestProcess burner = burner(daemon)) {
        assertThat(burner.lives()).isTrue();
        long before = ticks(daemon);
        await("incident").atMost(LIMIT).until(() -> daemon.incidents().size() == 1);
        await("ticks").atMost(LIMIT).until(() -> ticks(daemon) > before + 20);
        assertThat(store(daemon).get("pending").getAsInt()).isPositive();
        assertThat(thaw.isAlive()).isTrue();
      } finally {
        assertThat(thaw.waitFor()).isZero();
      }
      await("store").atMost(LIMIT).until(() -> store(daemon).get("pending").getAsInt() == 0);
      assertThat(store(daemon).get("lost").getAsInt()).isZero();
    }
  }

  private TestProcess burner(RunningDaemon daemon) throws IOException {
    return TestProcess.run(
        List.of("nsenter", "-t", "" + inside(daemon), "-p", "-m"),
        TestProcess.shell(folder, "burner"),
        "while :; do :; done");
  }

  /** Freezes the daemon's state; whatever becomes of this test, it thaws after a while. */
  private Process freeze(RunningDaemon daemon) throws IOException {
    String state = folder.resolve("state").toString();
    String script = "fsfreeze -f $1; sleep " + FROZEN_SECONDS + "; fsfreeze -u $1";
    return new ProcessBuilder(
            List.of(
                "nsenter",
                "-t",
                "" + inside(daemon),
                "-m",
                "setsid",
                "bash",
                "-c",
                script,
                "bash",
                state))
        .inheritIO()
        .start();
  }

  /** The daemon itself, under its wrappers. */
  private static long inside(RunningDaemon daemon) {
    return ProcessHandle.of(daemon.pid())
        .orElseThrow()
        .descendants()
        .filter(each -> each.info().command().orElse("").endsWith("/java"))
        .findFirst()
        .orElseThrow()
        .pid();
  }

  private static JsonObject status(RunningDaemon daemon) throws IOException {
    return JsonParser.parseString(daemon.client().status()).getAsJsonObject();
  }

  private static long ticks(RunningDaemon daemon) throws IOException {
    return status(daemon).get("ticks").getAsLong();
  }

  private static JsonObject store(RunningDaemon daemon) throws IOException {
    return status(daemon).getAsJsonObject("store");
  }

  private static List<String> gaps(RunningDaemon daemon) throws IOException {
    return StreamSupport.stream(status(daemon).getAsJsonArray("gaps").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .map(
            gap -> text(gap, "aspect") + " of " + text(gap, "subject") + ": " + text(gap, "reason"))
        .toList();
  }

  private static void run(String... command) {
    Program.run(LIMIT, List.of(command)).expectSuccess();
  }
}

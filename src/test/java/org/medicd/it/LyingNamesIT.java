package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.medicd.it.RunningDaemon.inState;
import static org.medicd.it.TestProcess.BY_TERM;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.lab.Program;

/** Names that try to pass for something else, and processes that come and go by the thousand. */
@Tag("alone")
@Tag("once")
class LyingNamesIT {
  private static final Duration LONG = Duration.ofSeconds(45);
  private static final int FEW = 6;

  /** Takes a name, given as a Python literal of bytes, and then burns or sleeps. */
  private static final String NAMED =
      """
      import ctypes, time
      PR_SET_NAME = 15
      ctypes.CDLL(None).prctl(PR_SET_NAME, %s, 0, 0, 0)
      while True: %s
      """;

  /** Each is forked and gone at once; every tenth becomes another program before. */
  private static final String FIVE_THOUSAND =
      """
      i=0
      while [ $i -lt 5000 ]; do
        ( : ) &
        i=$((i + 1))
        [ $((i % 10)) -ne 0 ] || /bin/true &
        [ $((i % 50)) -ne 0 ] || wait
      done
      wait
      """;

  @TempDir Path folder;

  private static String burning(String name) {
    return NAMED.formatted(name, "pass");
  }

  private static String sleeping(String name) {
    return NAMED.formatted(name, "time.sleep(1)");
  }

  @Test
  void namesThatLieAreTreatedAsAnyOtherAndShownEscaped() throws Exception {
    Path program = TestProcess.python(folder, "liar");
    Path second = TestProcess.python(folder, "another");
    Path short5000 = TestProcess.shell(folder, "forker");
    String yaml =
        """
        mode: act
        tick: 100ms
        rules: [%s]
        scope: { processes: [%s, %s] }
        limits:
          cpu-runaway: { cpu-percent: 50, for: 1s, host-percent: 0 }
        """
            .formatted(RunningDaemon.impatientRules(folder), program, second);
    try (RunningDaemon daemon = RunningDaemon.start(folder, yaml);
        TestProcess spaces = TestProcess.run(program, sleeping("b'a b  c '"));
        TestProcess zombie = TestProcess.run(program, sleeping("b'\\n) Z 1 1'"));
        TestProcess broken = TestProcess.run(program, sleeping("b'\\xff\\xfe\\x80'"))) {
      try (TestProcess running = TestProcess.run(program, burning("b') R 1 ('"));
          TestProcess painted = TestProcess.run(second, burning("b'\\x1b[2J\\n\\xff) Z 1'"))) {
        assertThat(running.exitStatus(LONG, daemon)).isEqualTo(BY_TERM);
        assertThat(painted.exitStatus(LONG, daemon)).isEqualTo(BY_TERM);
        assertThat(commOf(daemon, running)).isEqualTo(") R 1 (");
        assertThat(commOf(daemon, painted)).isEqualTo("\u001b[2J\n\ufffd) Z 1");
      }
      assertThat(List.of(spaces, zombie, broken)).allMatch(TestProcess::lives);
      assertThatTheCommandShowsThemEscaped();
      survivesFiveThousand(daemon, short5000);
    }
  }

  private static String commOf(RunningDaemon daemon, TestProcess process) {
    JsonObject incident =
        daemon.awaitIncident("cpu-runaway", process.pid(), LONG, inState("recovered"));
    return incident.getAsJsonObject("subject").get("comm").getAsString();
  }

  private void assertThatTheCommandShowsThemEscaped() {
    String table = medic("incidents", "--all");
    assertThat(table).contains(") R 1 (", "\\x1b[2J\\x0a");
    assertThat(table.lines()).allMatch(line -> line.chars().noneMatch(Character::isISOControl));
    String json = medic("incidents", "--all", "--json");
    JsonArray incidents = JsonParser.parseString(json).getAsJsonArray();
    assertThat(incidents).hasSizeGreaterThanOrEqualTo(2);
    assertThat(json.chars().filter(c -> c != '\n')).noneMatch(Character::isISOControl);
  }

  private String medic(String... words) {
    List<String> command = new ArrayList<>();
    command.add(RunningDaemon.tree().resolve("bin/medic").toString());
    command.addAll(List.of(words));
    command.addAll(List.of("--runtime", folder.resolve("run").toString()));
    return Program.run(Duration.ofSeconds(20), command).expectSuccess();
  }

  private static void survivesFiveThousand(RunningDaemon daemon, Path forker) throws Exception {
    long before = otherDescriptors(daemon);
    try (TestProcess all = TestProcess.run(forker, FIVE_THOUSAND)) {
      assertThat(all.exitStatus(Duration.ofSeconds(60), daemon)).isZero();
    }
    await("descriptors of ended processes are closed")
        .atMost(LONG)
        .untilAsserted(() -> assertThat(heldOnEnded(daemon)).isEmpty());
    assertThat(otherDescriptors(daemon)).isLessThanOrEqualTo(before + FEW);
    assertThat(daemon.log().lines())
        .noneMatch(line -> line.contains(" SEVERE ") || line.contains("Exception"));
  }

  /** Stat files of processes that have ended. */
  private static List<Path> heldOnEnded(RunningDaemon daemon) throws IOException {
    return descriptors(daemon).stream()
        .filter(LyingNamesIT::isStat)
        .filter(stat -> !Files.exists(stat))
        .toList();
  }

  private static long otherDescriptors(RunningDaemon daemon) throws IOException {
    return descriptors(daemon).stream().filter(file -> !isStat(file)).count();
  }

  private static boolean isStat(Path file) {
    return file.toString().matches("/proc/[0-9]+/stat");
  }

  private static List<Path> descriptors(RunningDaemon daemon) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("/proc/" + daemon.pid() + "/fd"))) {
      for (Path each : all.toList()) {
        try {
          found.add(Files.readSymbolicLink(each));
        } catch (IOException e) {
          // closed since it was listed
        }
      }
    }
    return found;
  }
}

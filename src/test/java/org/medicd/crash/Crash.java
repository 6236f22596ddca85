package org.medicd.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.medicd.it.RunningDaemon;
import org.medicd.record.AuditFile;
import org.medicd.record.AuditHead;
import org.medicd.record.AuditLine;

/**
 * One scenario from its beginning to its end, in which the daemon is killed at the given points,
 * one in each of its lives, and started again.
 */
final class Crash {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Set<String> ENDS = Set.of("recovered", "vanished", "withdrawn", "exhausted");
  private static final Pattern ID = Pattern.compile("(\\d{8}-\\d{6}-\\w+) sickness ");

  private static final String RULES =
      """
      package org.example.crash;

      rule "symptom: sick"
      when
          $p : Proc( comm == "%s" )
      then
          insertLogical( new Symptom("sick", $p.id()) );
      end

      rule "diagnosis: sickness" @severity("warning")
          timer( expr: $for )
      when
          Limit( diagnosis == "sickness", name == "for", $for : millis )
          Symptom( name == "sick", $id : subject )
      then
          insertLogical( new Diagnosis("sickness", $id) );
      end

      rule "treatment: sickness"
      when
          $d : Diagnosis( name == "sickness" )
      then
          medic.treat($d)%s;
      end
      """;

  private final Path folder;
  private final Path killAt;
  private final Scenario scenario;
  private final Set<String> ids = new TreeSet<>();

  private Crash(Path folder, Path killAt, Scenario scenario) {
    this.folder = folder;
    this.killAt = killAt;
    this.scenario = scenario;
  }

  /**
   * Runs it and checks what came of it.
   *
   * @param folder empty
   * @param killAt the program, built from src/test/lab/kill-at.c
   * @return what kill-at saw
   */
  static Passed run(
      Path folder, Path killAt, Scenario.Beginning beginning, String name, List<KillPoint> points)
      throws Exception {
    try (Scenario scenario = beginning.begin(folder, name)) {
      return new Crash(folder, killAt, scenario).run(points);
    }
  }

  private Passed run(List<KillPoint> points) throws Exception {
    Path rules = Files.createDirectory(folder.resolve("rules"));
    Files.writeString(
        rules.resolve("crash.drl"), RULES.formatted(scenario.comm(), scenario.ladder()));
    for (KillPoint point : points) {
      live(KillPoint.argument(point), false);
      if (!passed().killed()) {
        return passed(); // it has no such point
      }
    }
    live("none", true);
    return passed();
  }

  private String yaml() {
    return """
        mode: act
        tick: 100ms
        rules: [%s]
        scope: { %s }
        limits: { sickness: { for: 300ms } }
        """
        .formatted(folder.resolve("rules"), scenario.scope());
  }

  private Passed passed() throws IOException {
    return Passed.read(folder.resolve("points"));
  }

  /** One life of the daemon: until it is killed, or the incident is over and it was stopped. */
  private void live(String point, boolean last) throws Exception {
    List<String> wrapper = new ArrayList<>(scenario.place());
    wrapper.addAll(
        List.of(killAt.toString(), folder.resolve("points").toString(), folder.toString(), point));
    try (RunningDaemon daemon =
        RunningDaemon.start(folder, yaml(), wrapper.toArray(String[]::new))) {
      await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> !daemon.runs() || isOver(daemon));
      if (daemon.runs() && last) {
        check(daemon);
      }
      int status = stop(daemon);
      noteIds();
      if (last) {
        assertThat(status).as("exit status").isZero();
        checkRecord(daemon.tail());
      }
    } catch (AssertionError e) {
      noteIds();
      if (last || !passed().killed()) { // it may die before it is ready
        throw new AssertionError(
            e.getMessage() + "\n" + Files.readString(folder.resolve("log")), e);
      }
    }
  }

  /** Asks it to end, below what stands before its command. */
  private int stop(RunningDaemon daemon) throws InterruptedException {
    ProcessHandle.of(daemon.pid()).stream()
        .flatMap(first -> Stream.concat(Stream.of(first), first.descendants()))
        .filter(each -> each.info().command().orElse("").equals(killAt.toString()))
        .forEach(ProcessHandle::destroy);
    return daemon.exitStatus();
  }

  private void noteIds() throws IOException {
    ID.matcher(Files.readString(folder.resolve("log")))
        .results()
        .forEach(found -> ids.add(found.group(1)));
  }

  private static boolean isOver(RunningDaemon daemon) {
    try {
      JsonObject store =
          JsonParser.parseString(daemon.client().status())
              .getAsJsonObject()
              .getAsJsonObject("store");
      List<JsonObject> all = ours(daemon);
      return !all.isEmpty()
          && all.stream().allMatch(Crash::isOver)
          && store.get("pending").getAsInt() == 0;
    } catch (IOException e) {
      return false; // it was just killed
    }
  }

  private static boolean isOver(JsonObject incident) {
    return ENDS.contains(incident.get("state").getAsString())
        && incident.getAsJsonArray("holds").isEmpty();
  }

  private static List<JsonObject> ours(RunningDaemon daemon) throws IOException {
    return daemon.incidents().stream()
        .filter(each -> each.get("diagnosis").getAsString().equals("sickness"))
        .toList();
  }

  /** One incident, from first to last, that climbed its ladder rung by rung. */
  private void check(RunningDaemon daemon) throws IOException {
    List<JsonObject> all = ours(daemon);
    assertThat(all).as("incidents").hasSize(1);
    JsonObject incident = all.get(0);
    ids.add(RunningDaemon.id(incident));
    List<String> actions = rungs(incident, rung -> rung.get("action").getAsString());
    assertThat(scenario.actions().subList(0, actions.size())).isEqualTo(actions);
    assertThat(RunningDaemon.rungs(incident))
        .allMatch(rung -> rung.matches("\\S+ allowed (done|in-doubt)"));
    Passed passed = passed();
    assertThat(RunningDaemon.rungs(incident).stream().filter(rung -> rung.endsWith("in-doubt")))
        .hasSizeLessThanOrEqualTo(passed.lives().size() - 1);
    scenario.check(incident, passed);
  }

  /** What the disk has in the end. */
  private void checkRecord(String log) throws IOException {
    assertThat(ids).as("ids over all lives").hasSize(1);
    String id = ids.iterator().next();
    try (AuditFile trail = AuditFile.open(folder.resolve("state"))) {
      assertThat(trail.verify(new AuditHead(0, "")).finding()).isNull();
      List<AuditLine> lines = new ArrayList<>(trail.latest(1_000, id));
      Collections.reverse(lines);
      List<String> said = lines.stream().map(line -> line.what() + " " + line.detail()).toList();
      assertThat(said).as(log).filteredOn(line -> line.startsWith("opened ")).hasSize(1);
      for (String action : scenario.actions()) {
        assertThat(said)
            .filteredOn(line -> line.startsWith("outcome " + action + ":"))
            .hasSizeLessThanOrEqualTo(1);
      }
      List<String> ends = said.stream().filter(line -> line.startsWith("closed ")).toList();
      boolean reached = said.stream().anyMatch(line -> line.startsWith("outcome page: done"));
      assertThat(ends).as("the end, in " + said).hasSize(reached ? 0 : 1);
    }
  }

  private interface OfRung {
    String of(JsonObject rung);
  }

  private static List<String> rungs(JsonObject incident, OfRung what) {
    return StreamSupport.stream(incident.getAsJsonArray("rungs").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .map(what::of)
        .toList();
  }

  /** What came of the rung of this action; empty: there was none. */
  static String outcome(JsonObject incident, String action) {
    return StreamSupport.stream(incident.getAsJsonArray("rungs").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(rung -> rung.get("action").getAsString().equals(action))
        .map(rung -> rung.getAsJsonObject("outcome").get("is").getAsString())
        .findFirst()
        .orElse("");
  }
}

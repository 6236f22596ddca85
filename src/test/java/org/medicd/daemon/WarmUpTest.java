package org.medicd.daemon;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.config.Limits;
import org.medicd.config.Settings;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Scene;
import org.medicd.plan.Assessment;
import org.medicd.plan.Mode;
import org.medicd.plan.Symptom;
import org.medicd.record.flight.FlightHead;
import org.medicd.record.flight.FlightRecorder;
import org.medicd.rule.RulePack;

/** New rules go on where the old ones were. */
@Tag("once")
class WarmUpTest {
  private static final String BOOT = "boot-1";
  private static final String RULES =
      """
      rule "raise" when Host( memoryUsedPercent >= 90 ) not Symptom( name == "low" ) then
        insert( new Symptom("low", new HostId()) ); end
      rule "clear" when $s : Symptom( name == "low" ) Host( memoryUsedPercent < 70 ) then
        delete( $s ); end
      rule "hot" when $p : Proc( cpuAvg10 >= 90 ) then
        insertLogical( new Symptom("hot", $p.id()) ); end
      rule "diagnosis" timer( int: 60s ) when Symptom( name == "low", $who : subject ) then
        insertLogical( new Diagnosis("low", $who) ); end
      """;

  @TempDir Path folder;
  private final Scene scene = new Scene().memoryUsed(95);
  private RulePack pack;

  @BeforeEach
  void compile() throws Exception {
    Path rules = Files.createDirectory(folder.resolve("rules"));
    Files.writeString(rules.resolve("r.drl"), RULES);
    pack = Objects.requireNonNull(RulePack.compile(List.of(rules), Limits.defaults()).pack());
  }

  private void record(String boot, int seconds) throws Exception {
    FlightHead head = new FlightHead("1", "host", boot, ofSeconds(1), Mode.ACT, Scene.START);
    try (FlightRecorder recorder = new FlightRecorder(folder.resolve("flight"), head)) {
      for (int i = 0; i < seconds; i++) {
        recorder.see(scene.after(ofSeconds(1)), List.of());
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(recorder::isIdle);
      }
    }
  }

  private Assessment now() {
    WarmUp warmUp = new WarmUp(folder.resolve("flight"), BOOT, scene::now);
    try (LoadedRules rules =
        warmUp.of(() -> LoadedRules.of(pack, Settings.defaults(), ofSeconds(1)))) {
      return rules.engine().consider(scene.after(ofSeconds(1)));
    }
  }

  @Test
  void whatHasLastedGoesOn() throws Exception {
    record(BOOT, 59);
    assertThat(now().findings()).isEmpty();
    assertThat(now().anew()).as("what lasts longer may not be known").isTrue();
    record(BOOT, 3);
    assertThat(now().findings()).hasSize(1);
  }

  @Test
  void whatWasRaisedStaysRaisedBetweenTheLevels() throws Exception {
    record(BOOT, 5);
    scene.memoryUsed(80);
    record(BOOT, 5);
    assertThat(now().holds("low")).isTrue();
  }

  @Test
  void whoEndedMeanwhileIsForgotten() throws Exception {
    scene.memoryUsed(50).has(7, p -> p.cpu(99.0)).has(8, p -> p.cpu(99.0));
    record(BOOT, 5);
    scene.gone(7).after(ofSeconds(1)); // nobody tells the new rules of this tick
    assertThat(now().symptoms()).containsExactly(new Symptom("hot", new ProcessId(8, 1000)));
  }

  @Test
  void anEarlierBootSaysNothing() throws Exception {
    record("boot-0", 100);
    assertThat(now().findings()).isEmpty();
    assertThat(now().anew()).isTrue();
  }

  @Test
  void aRecordingThatEndedLongAgoSaysNothing() throws Exception {
    record(BOOT, 59);
    scene.after(ofSeconds(61));
    assertThat(now().symptoms()).isNotEmpty();
    assertThat(now().findings()).isEmpty();
  }

  @Test
  void nothingLastsThroughALongPauseOfTheDaemon() throws Exception {
    record(BOOT, 100);
    scene.after(ofSeconds(90));
    record(BOOT, 3);
    assertThat(now().findings()).isEmpty();
  }

  @Test
  void aClockThatIsSetDoesNotEndWhatLasts() throws Exception {
    FlightHead head = new FlightHead("1", "host", BOOT, ofSeconds(1), Mode.ACT, Scene.START);
    try (FlightRecorder recorder = new FlightRecorder(folder.resolve("flight"), head)) {
      for (int i = 0; i < 62; i++) {
        Duration wall = i == 20 ? ofSeconds(90_000) : i == 40 ? ofSeconds(-3_600) : ofSeconds(1);
        recorder.see(scene.after(ofSeconds(1), wall), List.of());
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(recorder::isIdle);
      }
    }
    assertThat(now().findings()).hasSize(1);
  }

  @Test
  void whereTheClockWasSetBackNobodyKnowsHowLongNothingWasSeen() throws Exception {
    record(BOOT, 100);
    scene.after(ofSeconds(0), ofSeconds(-3_600));
    record(BOOT, 3);
    assertThat(now().findings()).isEmpty();
  }

  @Test
  void withoutARecordingTheyBegin() {
    assertThat(now().anew()).isTrue();
  }

  @Test
  void aDamagedRecordingIsNoReasonToFail() throws Exception {
    record(BOOT, 70);
    try (var files = Files.list(folder.resolve("flight"))) {
      Path file = files.findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 0x55;
      Files.write(file, bytes);
    }
    now();
  }
}

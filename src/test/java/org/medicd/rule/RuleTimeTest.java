package org.medicd.rule;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.fact.Scene;
import org.medicd.plan.Assessment;
import org.medicd.plan.Assessments;

/** Time as rules see it: the ticks', not the host's. */
class RuleTimeTest {
  private static final String RULES =
      """
      rule "raise"
      when
          Host( memoryUsedPercent >= limits.number("memory-low", "raise-percent") )
      then
          insert( new Symptom("raised", new HostId()) );
      end
      rule "clear"
      when
          $s : Symptom( name == "raised" )
          Host( memoryUsedPercent < limits.number("memory-low", "clear-percent") )
      then
          delete( $s );
      end
      rule "diagnosis" timer( int: 10s )
      when
          Symptom( name == "raised", $who : subject )
      then
          insertLogical( new Diagnosis("low", $who) );
      end
      """;

  private final Scene scene = new Scene();
  private @TempDir Path path;
  private RuleEngine engine;

  @BeforeEach
  void engine() {
    engine = new RuleFolder(path).file("r.drl", RULES).engine();
  }

  private Assessment pass(double memoryUsed, Duration... ticks) {
    Assessment now = Assessments.nothing();
    scene.memoryUsed(memoryUsed);
    for (Duration tick : ticks) {
      now = engine.consider(scene.after(tick));
    }
    return now;
  }

  private static Duration[] seconds(int count) {
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(i -> ofSeconds(1))
        .toArray(Duration[]::new);
  }

  @Test
  void whatIsRaisedHoldsUntilItIsClear() {
    assertThat(pass(95, seconds(2)).holds("raised")).isTrue();
    assertThat(pass(80, seconds(2)).holds("raised")).isTrue();
    assertThat(pass(60, seconds(1)).holds("raised")).isFalse();
    assertThat(pass(80, seconds(1)).holds("raised")).isFalse();
  }

  @Test
  void aJumpOfTimeCountsThreeTicksAtMost() {
    pass(95, seconds(3));
    assertThat(pass(95, ofSeconds(86_400), ofSeconds(3_600)).findings()).isEmpty();
    assertThat(pass(95, seconds(1)).findings()).isEmpty();
    assertThat(pass(95, seconds(1)).findings()).hasSize(1);
  }

  @Test
  void timeThatStandsStillLetsNothingLast() {
    pass(95, seconds(1));
    for (int i = 0; i < 50; i++) {
      assertThat(pass(95, Duration.ZERO).findings()).isEmpty();
    }
  }

  @Test
  void findingsKeepWhatTheyWereOpenedFor() {
    List<String> because = pass(95, seconds(12)).findings().get(0).because();
    assertThat(because)
        .containsExactly(
            "raised for 10s: memoryUsedPercent 95 >= 90 (limit memory-low.raise-percent)");
    assertThat(pass(97, seconds(5)).findings().get(0).because()).isEqualTo(because);
  }
}

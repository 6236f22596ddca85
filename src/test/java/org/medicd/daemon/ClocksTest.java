package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medicd.config.ConfigReader;
import org.medicd.config.Settings;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;

/**
 * The whole pipeline when the wall clock is set, the host is suspended or stands still, or medicd
 * is held up. The burner is ill after a minute; TERM has ten seconds.
 */
@Tag("once")
class ClocksTest {
  private static final int FOR = 60;
  private static final int PATIENCE = 10;

  /** Until the average of a process that is new is known. */
  private static final int KNOWN = 4;

  private static final Duration PAUSE = Duration.ofMinutes(5);

  @TempDir Path folder;
  private Pipeline pipeline;

  @BeforeEach
  void begin() throws Exception {
    pipeline = new Pipeline(folder);
    Path rules = Files.createDirectory(folder.resolve("rules"));
    Files.copy(Path.of("rules/cpu.drl"), rules.resolve("cpu.drl"));
    Settings settings = ConfigReader.parse("", "mode: act\n").settings();
    pipeline.begin(settings, rules);
  }

  @AfterEach
  void close() throws Exception {
    pipeline.close();
  }

  private List<IncidentState> states() {
    return pipeline.recorder.recent().stream().map(Incident::state).toList();
  }

  /** A suspended host is one of these: the monotonic clock stands still in it. */
  @ParameterizedTest
  @ValueSource(longs = {-86_400, -3_600, 3_600, 86_400})
  void aWallClockThatIsSetMakesNothingSoonerOrLater(long seconds) {
    pipeline.burn(FOR / 2);
    pipeline.clock.set(Duration.ofSeconds(seconds));
    assertThat(pipeline.secondsUntil("term")).isCloseTo(FOR / 2 + KNOWN, within(2));
    pipeline.burn(PATIENCE / 2);
    pipeline.clock.set(Duration.ofSeconds(-2 * seconds));
    assertThat(pipeline.secondsUntil("kill")).isCloseTo(PATIENCE / 2, within(1));
    assertThat(pipeline.only().state()).isEqualTo(IncidentState.TREATING);
  }

  @Test
  void noConditionLastsThroughAPause() {
    pipeline.burn(FOR / 2);
    pipeline.burn(PAUSE, (int) PAUSE.toSeconds());
    assertThat(pipeline.secondsUntil("term")).isGreaterThan(FOR / 2 - 5);
  }

  @Test
  void noPatienceIsOverByAPauseOfMedicdAlone() {
    pipeline.secondsUntil("term");
    pipeline.burn(1);
    pipeline.burn(PAUSE, (int) PAUSE.toSeconds());
    assertThat(pipeline.secondsUntil("kill")).isCloseTo(PATIENCE, within(1));
    assertThat(pipeline.only().state()).isEqualTo(IncidentState.TREATING);
  }

  @Test
  void whatStoodStillWithTheHostIsNeitherCuredByThatNorKilled() {
    pipeline.secondsUntil("term");
    pipeline.burn(1);
    pipeline.burn(PAUSE, 0);
    String id = pipeline.only().id();
    int seconds = 0;
    for (; !String.join(",", pipeline.acted).contains("kill"); seconds++) {
      assertThat(states()).containsExactly(IncidentState.TREATING);
      pipeline.burn(1);
    }
    assertThat(seconds).isGreaterThanOrEqualTo(PATIENCE);
    assertThat(pipeline.only().id()).isEqualTo(id);
  }

  @Test
  void whatIsWellAfterAPauseRecoversOnceThatCanBeKnown() {
    pipeline.secondsUntil("term");
    pipeline.burn(1);
    pipeline.burn(PAUSE, 0);
    for (int i = 0; i < 2 * FOR; i++) {
      pipeline.idle();
      assertThat(pipeline.only().state()).isEqualTo(IncidentState.TREATING);
    }
    for (int i = 0; i < FOR + 20; i++) {
      pipeline.idle();
    }
    assertThat(pipeline.only().state()).isEqualTo(IncidentState.RECOVERED);
    assertThat(pipeline.acted).noneMatch(each -> each.startsWith("kill"));
  }

  @Test
  void aHostOnWhichEachTickIsThatSlowIsTreatedAllTheSame() {
    pipeline.secondsUntil("term");
    int ticks = 0;
    while (pipeline.acted.stream().noneMatch(each -> each.startsWith("kill"))) {
      pipeline.burn(Duration.ofSeconds(12), 12);
      ticks++;
    }
    assertThat(ticks).isBetween(4, 5);
  }

  @Test
  void aBreakerStaysOpenThroughAPause() throws Exception {
    pipeline.close();
    pipeline = new Pipeline(Files.createDirectory(folder.resolve("another")));
    Settings settings =
        ConfigReader.parse("", "mode: act\nbudget: { per-host: 0/2m }\n").settings();
    pipeline.begin(settings, folder.resolve("rules"));
    while (pipeline.stages.guards().brokenFor(pipeline.tick.now()) == null) {
      pipeline.burn(1);
    }
    pipeline.burn(PAUSE, (int) PAUSE.toSeconds());
    Duration left = pipeline.stages.guards().brokenFor(pipeline.tick.now());
    assertThat(Objects.requireNonNull(left)).isGreaterThan(Duration.ofSeconds(110));
  }
}

package org.medicd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "10s, PT10S",
    "5m, PT5M",
    "2h, PT2H",
    "30d, P30D",
    "1h30m, PT1H30M",
    "1d2h3m4s5ms, P1DT2H3M4.005S",
    "10 s, PT10S",
    "0s, PT0S",
    "36500d, P36500D"
  })
  void readsWhatPeopleWrite(String text, Duration expected) {
    assertThat(Durations.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s",
        "ten seconds",
        "-5s",
        "1.5h",
        "30m1h",
        "1s1s",
        "10s ",
        "10  s",
        "36501d",
        "999999999999d",
        "9999999999999s",
        "1h30",
        "10s,",
        "1e3s",
        "١٠s"
      })
  void refusesWhatIsNoDuration(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse(text))
        .withMessageContaining("'" + text);
  }

  @Test
  void namesTheUnitsThatItKnows() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse("10 parsecs"))
        .withMessage("'10 parsecs' has no known unit: known units are ms, s, m, h and d");
  }

  @ParameterizedTest
  @CsvSource({"10 sec, 10s", "5min, 5m", "2hrs, 2h", "60, 60s", "3D, 3d", "1millis, 1ms"})
  void suggestsTheUnitThatWasMeant(String text, String meant) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse(text))
        .isInstanceOfSatisfying(
            Unfit.class, unfit -> assertThat(unfit.suggestion()).isEqualTo(meant));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 999, 1000, 61_500, 3_600_000, 86_399_999, 2_592_000_000L})
  void readsBackWhatItWrites(long millis) {
    Duration duration = Duration.ofMillis(millis);
    assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
  }
}

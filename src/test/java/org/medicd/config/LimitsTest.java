package org.medicd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private final Limits limits = Limits.defaults();

  @Test
  void givesEachValueInItsUnit() {
    assertThat(limits.number("cpu-runaway", "cpu-percent")).isEqualTo(90.0);
    assertThat(limits.bytes("memory-leak", "min-rss")).isEqualTo(256L << 20);
    assertThat(limits.millis("cpu-runaway", "for")).isEqualTo(60_000);
  }

  @Test
  void namesTheNearestLimitForOneThatIsNotThere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> limits.number("cpu-runaway", "cpu-percnt"))
        .withMessage(
            "there is no limit 'cpu-runaway.cpu-percnt', the nearest one is 'cpu-runaway.cpu-percent'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> limits.millis("zombie-strom", "for"))
        .withMessageContaining("'zombie-storm.for'");
  }

  @Test
  void refusesToGiveADurationAsANumber() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> limits.number("cpu-runaway", "for"))
        .withMessage("limit cpu-runaway.for is a duration, not a number");
  }

  @Test
  void tellsTheRulesEveryLimitAsAFactWithOneValue() {
    assertThat(limits.all())
        .hasSize(ShippedLimit.ALL.size())
        .contains(new Limit("d-state-pileup", "processes", 10.0, null, null, null))
        .contains(new Limit("cpu-runaway", "for", null, null, 60_000L, null));
  }

  @Test
  void replacesOneAndKeepsTheOthers() {
    Limits changed = limits.with(List.of(Limit.ofMillis("cpu-runaway", "for", 5_000)));
    assertThat(changed.millis("cpu-runaway", "for")).isEqualTo(5_000);
    assertThat(changed.number("cpu-runaway", "cpu-percent")).isEqualTo(90.0);
    assertThat(limits.millis("cpu-runaway", "for")).isEqualTo(60_000);
  }

  @Test
  void isNoLimitWithoutAValueOrWithTwo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Limit("a", "b", null, null, null, null));
    assertThatIllegalArgumentException().isThrownBy(() -> new Limit("a", "b", 1.0, 1L, null, null));
  }
}

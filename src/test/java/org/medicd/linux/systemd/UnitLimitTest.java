package org.medicd.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medicd.fact.Unit;
import org.medicd.linux.systemd.UnitLimit.Property;

class UnitLimitTest {

  @ParameterizedTest
  @CsvSource({
    "CPUQuota=50%, CPUQuotaPerSecUSec, 500000",
    "CPUQuota=250%, CPUQuotaPerSecUSec, 2500000",
    "CPUWeight=20, CPUWeight, 20",
    "IOWeight=10000, IOWeight, 10000",
    "MemoryHigh=1G, MemoryHigh, 1073741824",
    "TasksMax=100, TasksMax, 100"
  })
  void isReadAsAUnitFileHasIt(String text, String onBus, long value) {
    UnitLimit limit = UnitLimit.parse(text);
    assertThat(limit.property().onBus()).isEqualTo(onBus);
    assertThat(limit.value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "CPUQuota",
        "CPUQuota=",
        "CPUQuota=50",
        "CPUQuota=0%",
        "CPUQuota=-1%",
        "CPUQuota=1e3%",
        "CPUWeight=0",
        "CPUWeight=10001",
        "IOWeight=heavy",
        "MemoryHigh=1",
        "MemoryHigh=lots",
        "MemoryHigh=9999999T",
        "TasksMax=infinity",
        "TasksMax=99999999999999999999"
      })
  void saysWhatIsWrongWithAnother(String text) {
    assertThatThrownBy(() -> UnitLimit.parse(text))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no ");
  }

  @Test
  void oneThatKillsIsNone() {
    assertThatThrownBy(() -> UnitLimit.parse("MemoryMax=1GiB"))
        .hasMessage(
            "'MemoryMax' is no limit that can be set for a while: known are"
                + " CPUQuota, CPUWeight, IOWeight, MemoryHigh, TasksMax");
  }

  @Test
  void whatHoldsIsToldInTheWordsOfTheLimitItself() {
    Unit.Allowance allowance = new Unit.Allowance(null, null, 40L, 33.3333, null, 100L, 1L << 30);
    assertThat(Property.CPU_QUOTA.standing(allowance)).isEqualTo("333333");
    assertThat(Property.CPU_WEIGHT.standing(allowance)).isEqualTo("infinity");
    assertThat(Property.MEMORY_HIGH.standing(allowance)).isEqualTo("1073741824");
  }
}

package org.medicd.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolChangeTest {
  @ParameterizedTest
  @CsvSource({
    "+100%, 2, 4",
    "+100%, 6, 10",
    "+50%, 3, 5",
    "+1%, 3, 4",
    "+2, 3, 5",
    "+9999, 3, 10",
    "+1, 10, 10",
    "+1, 12, 12",
    "-1, 4, 3",
    "-50%, 5, 2",
    "-10%, 5, 4",
    "-9, 5, 2",
    "-1, 2, 2",
    "-1, 1, 1",
    "+1, 0, 1"
  })
  void staysWithinTwoAndTen(String change, int running, int wanted) {
    assertThat(PoolChange.parse(change).from(running, 2, 10)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "+", "+0", "-0", "%", "+-1", "+1 %", "+12345", "+1%%", "x"})
  void refusesWhatIsNoChange(String text) {
    assertThatThrownBy(() -> PoolChange.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write +2, +100%, -1 or -10%");
  }
}

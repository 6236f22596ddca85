package org.medicd.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MachineTest {
  @Test
  void skipsWithTheReason() {
    assertThat(Machine.allows("no root", false))
        .returns(true, result -> result.isDisabled())
        .returns("no root", result -> result.getReason().orElseThrow());
  }

  @Test
  void failsInsteadWhereSkipsFail() {
    assertThatThrownBy(() -> Machine.allows("no root", true))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no root");
  }

  @Test
  void runsWhatTheMachineAllows() {
    assertThat(Machine.allows("", true).isDisabled()).isFalse();
  }
}

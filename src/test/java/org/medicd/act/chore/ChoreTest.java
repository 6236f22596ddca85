package org.medicd.act.chore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChoreTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop-caches",
        "reset-swap",
        "swap-on",
        "vacuum",
        "vacuum /data with\nline ends",
        "remount ro /",
        "remount rw /a b",
        "forget-limit CPUQuota a@b.service",
        "cgroup-kill 0f1e a.service"
      })
  void isTheSameAfterItWasWritten(String line) {
    assertThat(Chore.parse(line).line()).isEqualTo(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "reboot",
        "vacuum data",
        "vacuum ",
        "drop-caches now",
        "remount suid /",
        "forget-limit CPUQuota",
        "cgroup-kill a.service",
        "remount ro",
        "remount ro data",
        "remount /"
      })
  void whatIsNoneIsRefused(String line) {
    assertThatThrownBy(() -> Chore.parse(line)).isInstanceOf(IllegalArgumentException.class);
  }
}

package org.medicd.linux.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medicd.linux.LinuxException;

class SchedulingTest {
  @ParameterizedTest
  @CsvSource({
    "idle, I/O class idle",
    "best-effort, I/O class best-effort level 4",
    "best-effort:7, I/O class best-effort level 7",
    "realtime:0, I/O class realtime level 0"
  })
  void ioPrioritiesAreNamedAsIoniceDoes(String text, String words) {
    assertThat(Scheduling.ioPriority(text).words()).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"batch, policy batch", "idle, policy idle", "fifo:10, policy fifo priority 10"})
  void policiesAreNamedAsChrtDoes(String text, String words) {
    assertThat(Scheduling.policy(text).words()).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "idle:1", "best-effort:8", "best-effort:x", "besteffort", "idle:"})
  void anIoPriorityThatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> Scheduling.ioPriority(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fifo", "fifo:0", "fifo:100", "batch:1", "deadline", "rr:x"})
  void aPolicyThatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> Scheduling.policy(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "1-", "3-1", "-1", "9000"})
  void aListThatNamesNoCpuIsRefused(String text) {
    assertThatThrownBy(() -> Scheduling.cpus(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-21, 20})
  void aNiceValueBeyondTheKernelsIsRefused(int value) {
    assertThatThrownBy(() -> Scheduling.nice(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMistakeNamesWhatIsKnown() {
    assertThatThrownBy(() -> Scheduling.policy("bach"))
        .hasMessage("'bach' is no scheduling policy: write one of other, fifo, rr, batch, idle");
  }

  @Test
  void aThreadThatIsNotThereIsNone() {
    assertThatThrownBy(() -> Scheduling.nice(1).apply(Integer.MAX_VALUE))
        .isInstanceOfSatisfying(
            LinuxException.class, failure -> assertThat(failure.isNoSuchProcess()).isTrue());
  }
}

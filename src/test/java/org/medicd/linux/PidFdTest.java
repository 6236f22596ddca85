package org.medicd.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PidFdTest {
  private Process sleeper;

  @BeforeEach
  void startAProcess() throws Exception {
    sleeper = new ProcessBuilder("sleep", "300").start();
  }

  @AfterEach
  void endIt() {
    sleeper.destroyForcibly();
  }

  @Test
  void seesThatAProcessLivesAndThatItHasEnded() throws Exception {
    try (PidFd pidFd = PidFd.open((int) sleeper.pid())) {
      assertThat(pidFd.hasEnded()).isFalse();
      pidFd.signal(Signals.number("KILL").orElseThrow());
      assertThat(sleeper.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(pidFd.hasEnded()).isTrue();
    }
  }

  @Test
  void deliversTheSignalThatWasAskedFor() throws Exception {
    try (PidFd pidFd = PidFd.open((int) sleeper.pid())) {
      pidFd.signal(Signals.number("TERM").orElseThrow());
    }
    assertThat(sleeper.waitFor()).isEqualTo(128 + 15);
  }

  @Test
  void signallingAnEndedProcessSaysThatItIsGone() throws Exception {
    try (PidFd pidFd = PidFd.open((int) sleeper.pid())) {
      sleeper.destroyForcibly().waitFor();
      assertThatThrownBy(() -> pidFd.signal(15))
          .isInstanceOfSatisfying(
              LinuxException.class, e -> assertThat(e.isNoSuchProcess()).isTrue());
    }
  }

  @Test
  void openingThePidOfAnEndedProcessSaysThatItIsGone() throws Exception {
    sleeper.destroyForcibly().waitFor();
    assertThatThrownBy(() -> PidFd.open((int) sleeper.pid()))
        .isInstanceOfSatisfying(LinuxException.class, e -> assertThat(e.isNoSuchProcess()).isTrue())
        .hasMessageContaining("pidfd_open " + sleeper.pid())
        .hasMessageContaining("No such process");
  }

  @Test
  void refusesToAnswerOnceClosed() throws Exception {
    PidFd pidFd = PidFd.open((int) sleeper.pid());
    pidFd.close();
    pidFd.close();
    assertThatThrownBy(pidFd::hasEnded).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> pidFd.signal(15)).isInstanceOf(LinuxException.class);
    assertThat(sleeper.isAlive()).isTrue();
  }
}

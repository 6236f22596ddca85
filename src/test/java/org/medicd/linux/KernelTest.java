package org.medicd.linux;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.security.auth.module.UnixSystem;
import org.junit.jupiter.api.Test;

class KernelTest {
  @Test
  void knowsTheHost() throws Exception {
    assertThat(Kernel.ticksPerSecond()).isBetween(24L, 1200L);
    assertThat(Long.bitCount(Kernel.pageBytes())).isEqualTo(1);
    assertThat(Kernel.openFilesLimit()).isGreaterThan(64);
    assertThat(Kernel.effectiveUserId()).isEqualTo((int) new UnixSystem().getUid());
    assertThat(Kernel.bootId()).matches("[0-9a-f-]{36}");
  }

  @Test
  void itsMonotonicClockIsTheOneOfTheJdk() {
    long before = System.nanoTime() / 1_000;
    long micros = Kernel.monotonicMicros();
    assertThat(micros).isBetween(before, System.nanoTime() / 1_000);
  }
}

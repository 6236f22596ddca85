package org.medicd.collect.census;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.medicd.linux.Kernel;
import org.medicd.linux.proc.HostStat;

class UnrestTest {
  private static final long SECOND = Kernel.ticksPerSecond();

  private static final long MICROS = 1_000_000 / SECOND;

  private final Unrest unrest = new Unrest();
  private long busy;
  private long tick;

  private boolean after(long spent, long explained, int waiting, int known) throws Exception {
    busy += spent;
    String stat = "cpu %d 0 0 0\ncpu0 0\nbtime 1\nprocs_blocked %d\n".formatted(busy, waiting);
    return unrest.isFelt(HostStat.parse(stat), explained * MICROS, known, ++tick);
  }

  @Test
  void isNotFeltWhileThoseLookedAtExplainAll() throws Exception {
    for (int i = 0; i < 50; i++) {
      assertThat(after(SECOND, SECOND - 3, 0, 0)).isFalse();
    }
  }

  @Test
  void isFeltAtOnceWhenSomebodyBurns() throws Exception {
    after(0, 0, 0, 0);
    assertThat(after(SECOND, 0, 0, 0)).isTrue();
  }

  @Test
  void waitsEverLongerWhileNobodyIsFound() throws Exception {
    after(0, 0, 0, 0);
    int felt = 0;
    for (int i = 0; i < 200; i++) {
      if (after(SECOND, 0, 0, 0)) {
        felt++;
        unrest.answered(0, false, tick);
      }
    }
    assertThat(felt).isBetween(5, 15);
    boolean found = false;
    for (int i = 0; i < 40 && !found; i++) {
      found = after(SECOND, 0, 0, 0);
    }
    unrest.answered(SECOND * MICROS, false, tick);
    after(0, 0, 0, 0);
    assertThat(after(SECOND, 0, 0, 0)).isTrue();
  }

  @Test
  void isFeltWhenMoreTasksWaitThanAreKnown() throws Exception {
    after(0, 0, 2, 2);
    assertThat(after(0, 0, 2, 2)).isFalse();
    assertThat(after(0, 0, 3, 2)).isTrue();
  }

  @Test
  void isNotFeltWithoutAStat() {
    assertThat(unrest.isFelt(null, 0, 0, 1)).isFalse();
  }
}

package org.medicd.collect.census;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RhythmTest {
  private static final int WIDEST = 8;

  private final Rhythm rhythm = new Rhythm();
  private long tick;

  /** Ticks until the next look that is due after this one. */
  private long looked(int pid, boolean changed, boolean busy) {
    rhythm.looked(tick, pid, changed, busy, WIDEST);
    long from = tick;
    do {
      tick++;
    } while (!rhythm.isDue(tick));
    return tick - from;
  }

  @Test
  void isDueInEveryTickWhileBusy() {
    for (int look = 0; look < 20; look++) {
      assertThat(looked(7, true, true)).isEqualTo(1);
    }
  }

  @Test
  void isDueEverMoreSeldomAtRest() {
    long widest = 0;
    for (int look = 0; look < 30; look++) {
      widest = looked(7, false, false);
    }
    assertThat(widest).isEqualTo(WIDEST);
    looked(7, true, false);
    assertThat(looked(7, true, false)).isLessThanOrEqualTo(2);
  }

  @Test
  void isDueAtOnceWhenItIsStirred() {
    for (int look = 0; look < 30; look++) {
      looked(7, false, false);
    }
    rhythm.looked(tick, 7, false, false, WIDEST);
    assertThat(rhythm.isDue(tick + 1)).isFalse();
    rhythm.stir();
    assertThat(rhythm.isDue(tick + 1)).isTrue();
  }

  @Test
  void isSpreadByPid() {
    int[] due = new int[WIDEST];
    for (int pid = 1000; pid < 1800; pid++) {
      Rhythm each = new Rhythm();
      for (int look = 0; look < 20; look++) {
        each.looked(100, pid, false, false, WIDEST);
      }
      for (int next = 101; next <= 108; next++) {
        if (each.isDue(next)) {
          due[next - 101]++;
          break;
        }
      }
    }
    assertThat(due).containsOnly(100);
  }
}

package org.medicd.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentTest {
  @Test
  void readsWhatTheKernelTraces() {
    String line =
        "    medicd-signals-28236   (  28230) [000] d..1.  4077.295930: signal_generate: sig=15"
            + " errno=0 code=0 comm=ill-0007 pid=28241 grp=1 res=0";
    assertThat(Sent.parse(line))
        .contains(new Sent(28_230, "medicd-signals", "TERM", "ill-0007", 28_241));
  }

  @Test
  void aNameMayHoldBlanksAndAnything() {
    String line =
        " a (b) 12-77 (-------) [001] d..2. 12.5: signal_generate: sig=2 errno=0 code=-6 comm=x pid=1"
            + " y pid=99 grp=0 res=1";
    assertThat(Sent.parse(line)).contains(new Sent(0, "a (b) 12", "2", "x pid=1 y", 99));
  }

  @Test
  void otherLinesAreNone() {
    assertThat(Sent.parse("CPU:1 [LOST 12 EVENTS]")).isEmpty();
  }
}

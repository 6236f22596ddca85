package org.medicd.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PidStatTest {
  static final String AFTER_COMM =
      " S 7 42 42 34816 -1 4194560 1 2 3 4 150 50 11 12 20 -5 3 0 98765 1000000 321"
          + " 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0\n";

  @Test
  void readsTheFieldsByTheirPlaces() throws Exception {
    assertThat(PidStat.parse("42 (nginx)" + AFTER_COMM))
        .isEqualTo(
            new PidStat(
                42, "nginx", 'S', 7, 42, 42, 34816, 4194560, 1, 3, 150, 50, 11, 12, -5, 3, 98765,
                321));
  }

  @Test
  void itsTailTellsHowTheSchedulerServesIt() throws Exception {
    byte[] line = ("42 (a) b)" + AFTER_COMM).getBytes(StandardCharsets.US_ASCII);
    assertThat(PidStatTail.parse(line, line.length)).isEqualTo(new PidStatTail(1, 0, 0));
    assertThat(new PidStatTail(1, 7, 2).policyName()).isEqualTo("rr");
    assertThat(new PidStatTail(1, 0, 42).policyName()).isEqualTo("42");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(sd-pam)", "a) R 1 2 3", "", "two\nlines", "42 (x) S", "\u001b[31mred"})
  void takesAnyNameForWhatItIs(String comm) throws Exception {
    PidStat stat = PidStat.parse("42 (" + comm + ")" + AFTER_COMM);
    assertThat(stat.comm()).isEqualTo(comm);
    assertThat(stat.parent()).isEqualTo(7);
  }

  @Test
  void replacesBytesThatAreNoText() throws Exception {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    line.writeBytes("42 (".getBytes(StandardCharsets.US_ASCII));
    line.write(0xff);
    line.writeBytes((")" + AFTER_COMM).getBytes(StandardCharsets.US_ASCII));
    assertThat(PidStat.parse(line.toByteArray(), line.size()).comm()).isEqualTo("\ufffd");
  }

  @Test
  void tellsAKernelThreadByItsFlag() throws Exception {
    PidStat kernel = PidStat.parse("2 (kthreadd) S 0 0 0 0 -1 2129984" + " 0".repeat(40));
    assertThat(kernel.isKernelThread()).isTrue();
    assertThat(PidStat.parse("42 (kthreadd)" + AFTER_COMM).isKernelThread()).isFalse();
  }

  @Test
  void takesALeaderWithLivingThreadsForNoZombie() throws Exception {
    assertThat(PidStat.parse("42 (x)" + AFTER_COMM.replace(" S 7", " Z 7")).isZombie()).isFalse();
    assertThat(
            PidStat.parse(
                    "42 (x)" + AFTER_COMM.replace(" S 7", " Z 7").replace(" 3 0 98", " 1 0 98"))
                .isZombie())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "42",
        "42 (x",
        "42 (x)",
        "x (x) S",
        ") (",
        "42 (x) S 1 2",
        "42 (x) S one 2 3",
        "42 (x) S 99999999999999999999999 2 3"
      })
  void saysWhatIsWrongWithAnyOtherLine(String line) {
    assertThatThrownBy(() -> PidStat.parse(line))
        .isInstanceOf(MalformedKernelFile.class)
        .hasMessageStartingWith("proc/PID/stat: ");
  }

  @Test
  void readsThisVeryProcess() throws Exception {
    PidStat self = PidStat.parse(Files.readString(Path.of("/proc/self/stat")));
    assertThat(self.pid()).isEqualTo((int) ProcessHandle.current().pid());
    assertThat(self.threads()).isGreaterThan(1);
    assertThat(self.rssPages()).isPositive();
  }
}

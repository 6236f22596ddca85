package org.medicd.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsTest {
  @ParameterizedTest
  @CsvSource({
    "TERM,15",
    "SIGHUP,1",
    "sigkill,9",
    "CHLD,17",
    "STOP,19",
    "CONT,18",
    "SYS,31",
    "RTMIN,34",
    "RTMIN+1,35",
    "SIGRTMAX-2,62",
    "RTMAX,64"
  })
  void knowsTheNumber(String name, int number) {
    assertThat(Signals.number(name)).isEqualTo(OptionalInt.of(number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SIG", "SIGNOPE", "9", "RTMIN-1", "RTMAX+1", "RTMIN+31", "TERM "})
  void refusesWhatIsNoSignal(String name) {
    assertThat(Signals.number(name)).isEmpty();
  }

  @Test
  void agreesWithTheShell() throws Exception {
    Process shell =
        new ProcessBuilder("bash", "-c", "for i in {1..31}; do kill -l $i; done").start();
    String[] names =
        new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n");
    assertThat(names).hasSize(31);
    for (int i = 0; i < names.length; i++) {
      assertThat(Signals.number(names[i])).as(names[i]).hasValue(i + 1);
    }
  }
}

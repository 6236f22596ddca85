package org.medicd.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IllnessTest {
  private static String complaint(String sent, boolean doubt) {
    List<String> signals = sent.isEmpty() ? List.of() : List.of(sent.split(" "));
    return Illness.DEAF.complaint(signals, doubt);
  }

  @Test
  void theWholeLadderIsExpectedInOrder() {
    assertThat(complaint("TERM KILL", false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "TERM", "KILL TERM", "TERM TERM KILL", "TERM KILL CONT"})
  void anythingElseIsWrong(String sent) {
    assertThat(complaint(sent, false)).startsWith("the signals [").endsWith("and not [TERM, KILL]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "TERM", "KILL", "TERM KILL"})
  void whatWasInDoubtMayBeLeftOut(String sent) {
    assertThat(complaint(sent, true)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM TERM", "KILL TERM", "TERM KILL KILL", "CONT"})
  void andIsNeverDoneTwice(String sent) {
    assertThat(complaint(sent, true)).isNotEmpty();
  }
}

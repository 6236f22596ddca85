package org.medicd.rule;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.medicd.config.Limits;

class ConditionTest {
  private static final String[] PIECES = {
    "cpuAvg10",
    ">=",
    "<",
    "==",
    "!=",
    " ",
    "&&",
    "||",
    "(",
    ")",
    "!",
    "\"",
    "\"x\"",
    "null",
    "true",
    "limits.number(\"cpu-runaway\", \"cpu-percent\")",
    "limits.bytes(\"a\",\"b\")",
    "$p :",
    "-",
    "1e",
    "5",
    "0x",
    "9999999999",
    ",",
    "\n",
    "$1",
    "\\",
    "\u00e4",
    "limits.seconds(\"cpu-runaway\",\"for\")",
    "not",
    "matches",
    "NaN",
    "Infinity",
    "1_000",
    "7L"
  };
  private static final Object[] VALUES = {null, 5, 7L, 1.5, true, "x", Double.NaN};

  @Test
  void noTextBreaksTheReading() {
    Random random = new Random(11);
    Limits limits = Limits.defaults();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(9); length > 0; length--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      Object value = VALUES[random.nextInt(VALUES.length)];
      assertThatCode(
              () -> {
                Condition.limitsIn(text.toString());
                for (Condition condition : Condition.split(text.toString())) {
                  condition.needs(limits);
                  condition.holds(value, limits);
                }
              })
          .as("%s with %s", text, value)
          .doesNotThrowAnyException();
    }
  }
}

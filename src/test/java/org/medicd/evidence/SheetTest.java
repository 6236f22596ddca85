package org.medicd.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SheetTest {
  private final Sheet sheet = new Sheet(10);

  @Test
  void takesWhatFitsAndSaysThatItIsCut() {
    sheet.line("12345");
    sheet.line("67890");

    assertThat(content()).isEqualTo("12345\n6789");
    assertThat(sheet.cut()).isTrue();
    assertThat(sheet.full()).isTrue();
  }

  @Test
  void aFullFitIsNotCut() {
    sheet.line("123456789");

    assertThat(sheet.cut()).isFalse();
    assertThat(content()).hasSize(10);
  }

  @Test
  void doesNotCutACharacterInTwo() {
    sheet.text("12345678éé");
    assertThat(content()).isEqualTo("12345678é");

    Sheet odd = new Sheet(9);
    odd.text("12345678éé");
    assertThat(new String(odd.content(), StandardCharsets.UTF_8)).isEqualTo("12345678");
  }

  @Test
  void takesNothingAfterItWasClosed() {
    sheet.line("before");
    sheet.close();
    sheet.line("x");

    assertThat(content()).isEqualTo("before\n");
    assertThat(sheet.cut()).isFalse();
  }

  @Test
  void escapesWhatATerminalWouldObey() {
    Sheet wide = new Sheet(1000);
    wide.line("a\nb\u009b1m\u202ec");
    wide.text("a\nb\tc\r\u001b]0;x\u0007\n");

    assertThat(new String(wide.content(), StandardCharsets.UTF_8))
        .isEqualTo("a\\x0ab\\x9b1m\\u202ec\na\nb\tc\\x0d\\x1b]0;x\\x07\n");
  }

  private String content() {
    return new String(sheet.content(), StandardCharsets.UTF_8);
  }
}

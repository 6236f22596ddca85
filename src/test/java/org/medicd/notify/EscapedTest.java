package org.medicd.notify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EscapedTest {
  @Test
  void leavesOrdinaryTextAlone() {
    assertThat(Escaped.line("nginx: Würker #1 {a} — 日本 🙂", 80))
        .isEqualTo("nginx: Würker #1 {a} — 日本 🙂");
  }

  @Test
  void putsLineEndsAndControlCharactersIntoWords() {
    assertThat(Escaped.line("a\r\nBcc: x\t\u001b[31m\u0000", 80))
        .isEqualTo("a\\r\\nBcc: x\\t\\u{1b}[31m\\u{0}");
  }

  @Test
  void showsCharactersThatTurnTheDirectionOrEndALineElsewhere() {
    assertThat(Escaped.line("\u202egnp.exe\u2028\u0085\uD800", 80))
        .isEqualTo("\\u{202e}gnp.exe\\u{2028}\\u{85}\\u{d800}");
  }

  @Test
  void cutsWhatIsTooLong() {
    assertThat(Escaped.line("🙂".repeat(5), 3)).isEqualTo("🙂🙂🙂…");
    assertThat(Escaped.line("abc", 3)).isEqualTo("abc");
  }

  @Test
  void takesMentionsAndLinksOutOfSlackText() {
    assertThat(Escaped.slack("<!channel> & <http://x|y>"))
        .isEqualTo("&lt;!channel&gt; &amp; &lt;http://x|y&gt;");
  }
}

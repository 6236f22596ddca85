package org.medicd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonPrimitive;
import org.junit.jupiter.api.Test;
import org.medicd.record.Json;

class EscapedTest {
  @Test
  void leavesPlainTextAlone() {
    assertThat(Escaped.of("nginx: worker \u00e9\u6f22\ud83d\ude00 a\\x2db"))
        .isEqualTo("nginx: worker \u00e9\u6f22\ud83d\ude00 a\\x2db");
  }

  @Test
  void showsWhatATerminalWouldObey() {
    assertThat(Escaped.of("\u001b[2J\r\n\t\u007f\u009b1m"))
        .isEqualTo("\\x1b[2J\\x0d\\x0a\\x09\\x7f\\x9b1m");
  }

  @Test
  void showsWhatTurnsTextOrIsBroken() {
    assertThat(Escaped.of("a\u202eb\u2028c\ufffdd\ud800e"))
        .isEqualTo("a\\x{202e}b\\x{2028}c\\x{fffd}d\\x{d800}e");
  }

  @Test
  void jsonStaysTheSameJson() {
    String json = Json.write(new JsonPrimitive("\u009b\u202e\u007f\ud83d\ude00\u001b"));

    assertThat(Escaped.json(json)).doesNotContain("\u009b", "\u202e", "\u007f", "\u001b");
    assertThat(Json.read(Escaped.json(json), JsonPrimitive.class))
        .isEqualTo(Json.read(json, JsonPrimitive.class));
  }
}

package org.medicd.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PressTest {
  /** As Slack's documentation has it, shortened. */
  private static final String PAYLOAD =
      """
      {"type": "block_actions",
       "user": {"id": "U012AB3CD", "username": "b\\u001bob", "name": "bob", "team_id": "T0"},
       "container": {"type": "message", "message_ts": "1548261231.000200", "channel_id": "C0",
         "is_ephemeral": false},
       "actions": [{"action_id": "approve", "block_id": "=qXel", "type": "button",
         "text": {"type": "plain_text", "text": "Approve"}, "value": "20261123-100000-1 2 web 1",
         "action_ts": "1548426417.840180"}]}
      """;

  @Test
  void tellsWhoPressedWhatWhere() {
    assertThat(Press.parse(JsonParser.parseString(PAYLOAD)))
        .isEqualTo(
            new Press(
                "U012AB3CD",
                "b\u001bob",
                Button.APPROVE,
                new Button.Target("20261123-100000-1", 2, "web 1"),
                "C0",
                "1548261231.000200",
                "1548261231.000200",
                "1548426417.840180"))
        .satisfies(press -> assertThat(press.who()).isEqualTo("slack:U012AB3CD (b\\u{1b}ob)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "[]",
        "{}",
        "{\"user\":7}",
        "{\"user\":{\"id\":\"U\"},\"actions\":[]}",
        "{\"user\":{\"id\":\"U\"},\"actions\":[{\"action_id\":\"approve\",\"value\":\"1 x h\"}]}"
      })
  void whatIsSomethingElseIsNone(String payload) {
    assertThat(Press.parse(JsonParser.parseString(payload))).isNull();
  }

  @Test
  void aButtonThatIsNotOursIsNone() {
    String other = PAYLOAD.replace("\"approve\"", "\"reject\"");
    assertThat(Press.parse(JsonParser.parseString(other))).isNull();
  }
}

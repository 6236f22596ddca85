package org.medicd.notify.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medicd.config.Alerts;
import org.medicd.notify.Letter;
import org.medicd.notify.Notices;

/** What `medic alert test CHANNEL --show` prints of a webhook. */
@Timeout(30)
class ShownTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Alerts.Format.class)
  void isWhatIsSentButForTheKey(Alerts.Format format) throws Exception {
    Path key = Files.writeString(folder.resolve("key"), FakePagerDuty.KEY);
    Letter letter = Notices.letter(Notices.exhausted());
    try (FakeReceiver receiver = new FakeReceiver(202)) {
      WebhookChannel channel = Webhooks.channel(receiver.at("/hook"), format, key);
      String shown = channel.shown(letter);
      assertThat(shown).doesNotContain(FakePagerDuty.KEY).contains("\n  ");
      channel.deliver(letter);
      JsonElement sent = receiver.received.get(0).json();
      if (sent.isJsonObject()) {
        sent.getAsJsonObject().remove("routing_key");
      }
      assertThat(JsonParser.parseString(shown)).isEqualTo(sent);
    }
  }
}

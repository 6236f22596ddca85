package org.medicd.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.config.Alerts;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.LetterText;
import org.medicd.notify.Notices;
import org.medicd.plan.Severity;

class SlackChannelTest {
  @TempDir Path folder;

  private SlackChannel channel(FakeSlack slack) throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "xoxb-1-2-secret\n");
    return new SlackChannel(
        new Alerts.Slack(token, null, List.of(), "#ops", slack.api(), Severity.INFO), Duration.ofSeconds(1));
  }

  @Test
  void postsTheTextToTheChannel() throws Exception {
    try (FakeSlack slack = new FakeSlack(200, "{\"ok\":true}")) {
      channel(slack).deliver(Notices.letter(Notices.opened()));
      FakeSlack.Posted posted = slack.posted.get(0);
      assertThat(posted.path()).isEqualTo("/api/chat.postMessage");
      assertThat(posted.authorization()).isEqualTo("Bearer xoxb-1-2-secret");
      assertThat(posted.form())
          .containsEntry("channel", "#ops")
          .containsEntry("text", LetterText.text(Notices.letter(Notices.opened())))
          .containsEntry("mrkdwn", "0");
    }
  }

  @Test
  void keepsTheMessagesOfOneIncidentInOneThread() throws Exception {
    try (FakeSlack slack = new FakeSlack(200, "{\"ok\":true,\"ts\":\"17.4\"}")) {
      String thread =
          Objects.requireNonNull(channel(slack).deliver(Notices.letter(Notices.opened())));
      assertThat(thread).isEqualTo("17.4");
      channel(slack).deliver(Notices.letterIn(thread, Notices.exhausted()));
      assertThat(slack.posted.get(0).form()).doesNotContainKey("thread_ts");
      assertThat(slack.posted.get(1).form()).containsEntry("thread_ts", "17.4");
    }
  }

  @Test
  void givesAProcessNoWayToCallTheWholeChannel() throws Exception {
    try (FakeSlack slack = new FakeSlack(200, "{\"ok\":true}")) {
      channel(slack).deliver(Notices.letter(Notices.opened("<!channel>\n&")));
      assertThat(slack.posted.get(0).form().get("text"))
          .contains("&lt;!channel&gt;\\n&amp; (pid 12")
          .doesNotContain("<");
    }
  }

  @Test
  void tellsWhySlackRefused() throws Exception {
    try (FakeSlack slack = new FakeSlack(200, "{\"ok\":false,\"error\":\"not_in_channel\"}")) {
      SlackChannel channel = channel(slack);
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> channel.deliver(Notices.letter(Notices.opened())))
          .withMessage("Slack refused it: not_in_channel");
    }
  }

  @Test
  void tellsThatSlackHasTooMuchToDo() throws Exception {
    try (FakeSlack slack = new FakeSlack(503, "over capacity")) {
      SlackChannel channel = channel(slack);
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> channel.deliver(Notices.letter(Notices.opened())))
          .withMessage("Slack answered 503");
    }
  }

  @Test
  void waitsForAsLongAsSlackAsks() throws Exception {
    try (FakeSlack slack = new FakeSlack(429, "{\"ok\":false,\"error\":\"ratelimited\"}")) {
      SlackChannel channel = channel(slack);
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> channel.deliver(Notices.letter(Notices.opened())))
          .withMessage("Slack answered 429")
          .satisfies(e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(30)));
    }
  }

  @Test
  void givesUpWhenSlackNeverAnswers() throws Exception {
    try (FakeSlack slack = new FakeSlack(200, null)) {
      SlackChannel channel = channel(slack);
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> channel.deliver(Notices.letter(Notices.opened())))
          .withMessageMatching("Slack: .*time.*")
          .withMessageNotContaining("secret");
    }
  }

  @Test
  void tellsThatTheTokenIsMissing() throws Exception {
    try (FakeSlack slack = new FakeSlack(200, "{\"ok\":true}")) {
      SlackChannel channel = channel(slack);
      Files.delete(folder.resolve("token"));
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> channel.deliver(Notices.letter(Notices.opened())))
          .withMessageEndingWith("/token");
      assertThat(slack.posted).isEmpty();
    }
  }
}

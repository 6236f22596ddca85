package org.medicd.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.java_websocket.WebSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.config.Alerts;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Desk;
import org.medicd.notify.Findings;
import org.medicd.notify.Letter;
import org.medicd.notify.Notices;
import org.medicd.notify.slack.FakeSlack.Shown;
import org.medicd.plan.Notice;
import org.medicd.plan.Severity;

/** Slack's own client on a real WebSocket. */
@Timeout(60)
class ButtonsTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String BOB = "U012AB3CD";

  @TempDir Path folder;
  private final FakeDesk desk = new FakeDesk();
  private FakeSlack slack;
  private FakeSocket socket;
  private SlackChannel channel;

  @BeforeEach
  void begin() throws Exception {
    slack = new FakeSlack();
    socket = slack.socket();
    Path token = Files.writeString(folder.resolve("token"), "xoxb-1\n");
    Path appToken = Files.writeString(folder.resolve("app-token"), "xapp-1\n");
    channel =
        new SlackChannel(
            new Alerts.Slack(
                token, appToken, List.of(BOB), FakeSlack.NAME, slack.api(), Severity.INFO),
            desk,
            Findings.NONE,
            () -> Notices.OPENED_AT.minusSeconds(60),
            Duration.ofSeconds(5));
  }

  @AfterEach
  void end() throws Exception {
    channel.close();
    slack.close();
  }

  private void connect() {
    channel.begin();
    awaitConnection();
  }

  private void awaitConnection() {
    await().atMost(LONG).until(() -> socket.open().size() == 1);
  }

  private static Notice asked() {
    return Notices.of(Notice.Kind.ASKED, Notices.awaiting().incident());
  }

  /** The message of an incident whose rung waits. */
  private Shown ask() throws Exception {
    desk.now = asked();
    Objects.requireNonNull(channel.deliver(Notices.letter(asked())));
    return slack.roots().get(0);
  }

  private List<String> replies(Shown message) {
    return slack.repliesTo(message).stream().map(each -> each.text).toList();
  }

  @Test
  void aPressIsDoneInTheNameOfWhoPressedAndAnsweredUnderTheMessage() throws Exception {
    connect();
    Shown message = ask();
    slack.press(message, "approve", BOB, "bob");
    await().atMost(LONG).until(() -> replies(message).size() == 1);
    assertThat(desk.asked).containsExactly("approve 20261123-100000-1 0 by slack:U012AB3CD (bob)");
    assertThat(replies(message)).containsExactly("bob pressed Approve: done so");
    assertThat(socket.acknowledged).hasSize(1);
    assertThat(message.button("approve")).isNull();
    assertThat(message.button("deny")).isNull();
    assertThat(message.button("silence")).isNotNull();
  }

  @Test
  void everyButtonDoesWhatItSays() throws Exception {
    connect();
    Shown message = ask();
    for (String button : List.of("why", "silence", "pause", "deny")) {
      int before = replies(message).size();
      slack.press(message, button, BOB, "bob");
      await().atMost(LONG).until(() -> replies(message).size() > before);
    }
    String who = " by slack:U012AB3CD (bob)";
    assertThat(desk.asked)
        .containsExactly(
            "why 20261123-100000-1" + who,
            "silence 20261123-100000-1 for PT1H" + who,
            "pause" + who,
            "deny 20261123-100000-1 0" + who);
  }

  @Test
  void aStrangerIsToldThatHeMayNot() throws Exception {
    connect();
    Shown message = ask();
    String before = message.words();
    slack.press(message, "approve", "U0STRANGE", "mallory");
    await().atMost(LONG).until(() -> slack.whispers.size() == 1);
    assertThat(slack.whispers.get(0))
        .containsEntry("user", "U0STRANGE")
        .containsEntry("channel", FakeSlack.CHANNEL)
        .containsEntry(
            "text", "You may not do that: medicd's alerts.slack.users does not name U0STRANGE.");
    assertThat(desk.asked)
        .containsExactly(
            "refused approve 20261123-100000-1 to slack:U0STRANGE (mallory):"
                + " alerts.slack.users does not name this user");
    assertThat(message.words()).isEqualTo(before);
    assertThat(replies(message)).isEmpty();
  }

  @Test
  void whatIsAnotherHostsIsNotDoneHere() throws Exception {
    connect();
    Shown message = ask();
    slack.press(message, "approve", "20261123-100000-1 0 web-2", BOB, "bob");
    await().atMost(LONG).until(() -> slack.whispers.size() == 1);
    assertThat(slack.whispers.get(0).get("text"))
        .startsWith("Nothing was done: this is about another host");
    assertThat(desk.asked)
        .containsExactly(
            "refused approve 20261123-100000-1 to slack:U012AB3CD (bob): it is about another host");
  }

  @Test
  void whoIsTooLateIsToldSoAndSeesHowItStands() throws Exception {
    connect();
    Shown message = ask();
    desk.now = Notices.recovered();
    desk.answer = new Desk.Answer(false, "no rung waits for a person");
    slack.press(message, "approve", BOB, "bob");
    await().atMost(LONG).until(() -> replies(message).size() == 1);
    assertThat(replies(message)).containsExactly("bob pressed Approve: no rung waits for a person");
    assertThat(message.blocks.toString()).contains("✅ web-1: cpu-runaway recovered");
    assertThat(message.button("approve")).isNull();
  }

  @Test
  void aLetterThatWasWrittenBeforeTheAnswerDoesNotAskAgain() throws Exception {
    connect();
    Shown message = ask();
    slack.press(message, "approve", BOB, "bob");
    await().atMost(LONG).until(() -> replies(message).size() == 1);
    channel.deliver(Notices.letterIn(FakeSlack.CHANNEL + "/" + message.ts, asked()));
    assertThat(message.button("approve")).isNull();
  }

  @Test
  void aPressWorksAfterTheConnectionWasDropped() throws Exception {
    connect();
    Shown message = ask();
    socket.drop();
    await().atMost(LONG).until(() -> socket.connections.size() == 2);
    awaitConnection();
    slack.press(message, "approve", BOB, "bob");
    await().atMost(LONG).until(() -> replies(message).size() == 1);
    assertThat(desk.asked).hasSize(1);
  }

  @Test
  void whenSlackAsksForAnotherConnectionItIsOpenBeforeTheOldOneGoes() throws Exception {
    connect();
    WebSocket old = socket.connections.get(0);
    socket.sendRaw("{\"type\":\"disconnect\",\"reason\":\"refresh_requested\"}");
    await().atMost(LONG).until(() -> socket.connections.size() == 2);
    await().atMost(LONG).until(() -> !old.isOpen());
    awaitConnection();
    assertThat(socket.connections.get(1).isOpen()).isTrue();
  }

  @Test
  void goesOnUntilSlackGivesAConnection() throws Exception {
    slack.refuseNext("apps.connections.open", 429, "{\"ok\":false,\"error\":\"ratelimited\"}");
    slack.refuseNext("apps.connections.open", 500, "oops");
    slack.refuseNext("apps.connections.open", "invalid_auth");
    connect();
    assertThat(slack.calls("apps.connections.open")).hasSize(4);
    assertThat(slack.calls("apps.connections.open").get(3).authorization())
        .isEqualTo("Bearer xapp-1");
    Shown message = ask();
    slack.press(message, "why", BOB, "bob");
    await().atMost(LONG).until(() -> replies(message).size() == 1);
  }

  @Test
  void whatIsToldTwiceIsDoneOnce() throws Exception {
    connect();
    Shown message = ask();
    String value = "20261123-100000-1 0 web-1";
    JsonObject payload =
        FakeSocket.payload(FakeSlack.CHANNEL, message.ts, "silence", value, BOB, "bob", "1.5");
    socket.send(payload);
    socket.send(payload);
    await().atMost(LONG).until(() -> socket.acknowledged.size() == 2);
    slack.press(message, "why", BOB, "bob");
    await().atMost(LONG).until(() -> replies(message).size() == 2);
    assertThat(desk.asked).hasSize(2);
  }

  @Test
  void isAnsweredThoughSlackHasTooMuchToDo() throws Exception {
    connect();
    Shown message = ask();
    slack.refuseNext("chat.update", 429, "{\"ok\":false,\"error\":\"ratelimited\"}");
    slack.press(message, "deny", BOB, "bob");
    await().atMost(LONG).until(() -> replies(message).size() == 1);
    assertThat(desk.asked).hasSize(1);
    assertThat(message.button("deny")).isNull();
  }

  @Test
  void acknowledgesWhatItDoesNotKnowAndOutlivesWhatIsNoMessage() throws Exception {
    connect();
    socket.sendRaw("{\"type\":\"events_api\",\"envelope_id\":\"e1\",\"payload\":{}}");
    socket.sendRaw("{\"type\":\"interactive\",\"envelope_id\":\"e2\",\"payload\":[]}");
    await().atMost(LONG).until(() -> socket.acknowledged.equals(List.of("e1", "e2")));
    socket.sendRaw("{\"type\":");
    await().atMost(LONG).until(() -> socket.connections.size() == 2);
    awaitConnection();
  }

  @Test
  void closingLetsTheConnectionGo() throws Exception {
    connect();
    channel.close();
    await().atMost(LONG).until(() -> socket.open().isEmpty());
    channel.close();
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(threads()).as("threads that are left").isEmpty());
  }

  /** Where each thread of Slack's is. */
  private static Map<String, List<StackTraceElement>> threads() {
    Map<String, List<StackTraceElement>> found = new HashMap<>();
    Thread.getAllStackTraces()
        .forEach(
            (thread, at) -> {
              if (thread.getName().startsWith("slack-")) {
                found.put(thread.getName(), List.of(at));
              }
            });
    return found;
  }

  /** Two of one cause, of which both ask: each has a message of its own in the thread. */
  @Test
  void whoAsksInAGroupIsAnsweredThereAndTheGroupStays() throws Exception {
    connect();
    Notice one = asked();
    Notice other = Notices.nth(2, "cpu-runaway", Severity.WARNING);
    String thread =
        Objects.requireNonNull(channel.deliver(Notices.letter(Notices.opened(), other)));
    Shown root = slack.roots().get(0);
    desk.now = one;
    channel.deliver(Notices.letterIn(thread, one));
    Shown question =
        slack.repliesTo(root).stream()
            .filter(each -> each.button("approve") != null)
            .findFirst()
            .orElseThrow();
    assertThat(root.button("approve")).isNull();
    String before = root.words();
    slack.press(question, "approve", BOB, "bob");
    await().atMost(LONG).until(() -> replies(root).contains("bob pressed Approve: done so"));
    assertThat(desk.asked).containsExactly("approve 20261123-100000-1 0 by slack:U012AB3CD (bob)");
    assertThat(question.button("approve")).isNull();
    assertThat(root.words()).isEqualTo(before);
  }

  /** Slack takes the message and not the question: the message is not posted again. */
  @Test
  void aQuestionThatFailsIsAskedByTheNextTry() throws Exception {
    Notice other = Notices.nth(2, "cpu-runaway", Severity.WARNING);
    Letter both = Notices.letter(asked(), other);
    slack.refuseSecond("chat.postMessage", "internal_error");
    assertThatExceptionOfType(DeliveryException.class).isThrownBy(() -> channel.deliver(both));
    assertThat(slack.messages).hasSize(1);
    channel.deliver(both);
    assertThat(slack.roots()).hasSize(1);
    assertThat(slack.repliesTo(slack.roots().get(0))).hasSize(1);
    assertThat(slack.messages.get(1).button("approve")).isNotNull();
  }

  @Test
  void aQuestionIsAskedWhereTheMessageOfItsGroupWasDeleted() throws Exception {
    Notice other = Notices.nth(2, "cpu-runaway", Severity.WARNING);
    String thread =
        Objects.requireNonNull(channel.deliver(Notices.letter(Notices.opened(), other)));
    slack.messages.clear();
    channel.deliver(Notices.letterIn(thread, asked()));
    assertThat(slack.roots()).anyMatch(each -> each.button("approve") != null);
  }

  @Test
  void aQuestionWhoseFormSlackDoesNotTakeIsAskedInWords() throws Exception {
    Notice other = Notices.nth(2, "cpu-runaway", Severity.WARNING);
    slack.refuseSecond("chat.postMessage", "invalid_blocks");
    channel.deliver(Notices.letter(asked(), other));
    assertThat(slack.repliesTo(slack.roots().get(0)))
        .singleElement()
        .satisfies(each -> assertThat(each.text).contains("waits for your answer"));
  }
}

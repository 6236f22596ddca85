package org.medicd.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.config.Alerts;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Findings;
import org.medicd.notify.Letter;
import org.medicd.notify.Notices;
import org.medicd.notify.slack.FakeSlack.Shown;
import org.medicd.plan.Action;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Notice;
import org.medicd.plan.Outcome;
import org.medicd.plan.Severity;
import org.medicd.plan.Verdict;

class SlackChannelTest {
  /** Before anything is told. */
  private static final Instant BEGAN = Notices.OPENED_AT.minusSeconds(60);

  @TempDir Path folder;
  private FakeSlack slack;
  private SlackChannel channel;

  @BeforeEach
  void begin() throws IOException {
    slack = new FakeSlack();
    channel = channel(slack, FakeSlack.NAME, BEGAN);
  }

  @AfterEach
  void end() throws InterruptedException {
    slack.close();
  }

  private SlackChannel channel(FakeSlack workspace, String name, Instant began) throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "xoxb-1-2-secret\n");
    Findings findings = incident -> List.of("thread 12: spin ← main");
    return new SlackChannel(
        new Alerts.Slack(token, null, List.of(), name, workspace.api(), Severity.INFO),
        new FakeDesk(),
        findings,
        () -> began,
        Duration.ofSeconds(1));
  }

  private String tell(Letter letter) throws DeliveryException {
    return Objects.requireNonNull(channel.deliver(letter));
  }

  private Shown root() {
    assertThat(slack.roots()).hasSize(1);
    return slack.roots().get(0);
  }

  private static Notice treated(Notice.Kind kind) {
    return Notices.of(
        kind,
        Notices.incident(
            "burner",
            Severity.WARNING,
            kind == Notice.Kind.CLOSED ? IncidentState.RECOVERED : IncidentState.TREATING,
            1,
            Notices.step(
                Action.Kind.TERM, new Verdict.Allowed(), new Outcome.Done("SIGTERM sent"))));
  }

  @Test
  void theFirstLetterIsAMessageThatShowsWhatItIsAbout() throws Exception {
    tell(Notices.letter(Notices.opened()));
    assertThat(slack.posted.get(0).authorization()).isEqualTo("Bearer xoxb-1-2-secret");
    assertThat(slack.posted.get(0).form()).containsEntry("channel", "#ops");
    assertThat(root().text)
        .isEqualTo("web-1: cpu-runaway opened: burner (pid 12, burner.service), warning");
    assertThat(root().blocks.toString())
        .contains("🟠 web-1: cpu-runaway open")
        .contains("Who\\nburner (pid 12, burner.service)")
        .contains("Unit\\nburner.service", "Severity\\nwarning", "State\\nopen", "Mode\\nact")
        .contains("Since\\n2026-11-23T10:00:00Z")
        .contains("Because\\n• 98.3 % of a core wanted, for 60 s")
        .contains("Next: term")
        .contains("Evidence\\n• thread 12: spin ← main")
        .contains("More: medic show 20261123-100000-1")
        .doesNotContain("actions");
  }

  @Test
  void eachLaterLetterChangesItAndRepliesInItsThread() throws Exception {
    String thread = tell(Notices.letter(Notices.opened()));
    tell(Notices.letterIn(thread, Notices.exhausted()));
    assertThat(root().blocks.toString())
        .contains("🆘 web-1: cpu-runaway exhausted, nothing helped")
        .contains("Done so far\\n• term: done: SIGTERM sent\\n• kill: refused by budget")
        .contains("Next: nothing, no rung is left. It is up to you.");
    assertThat(slack.repliesTo(root())).singleElement().satisfies(this::isLoud);
    assertThat(slack.repliesTo(root()).get(0).text).contains("exhausted, nothing helped: burner");
  }

  private void isLoud(Shown shown) {
    assertThat(shown.broadcast).isTrue();
  }

  @Test
  void aRungChangesTheMessageAndIsAShortReplyThatCallsNobody() throws Exception {
    String thread = tell(Notices.letter(Notices.opened()));
    tell(Notices.letterIn(thread, treated(Notice.Kind.STEP)));
    assertThat(root().blocks.toString()).contains("🩺 web-1: cpu-runaway being treated");
    Shown reply = slack.repliesTo(root()).get(0);
    assertThat(reply.text).isEqualTo("term: done: SIGTERM sent\nNext: kill");
    assertThat(reply.broadcast).isFalse();
    assertThat(channel.tells(Notice.Kind.STEP)).isTrue();
  }

  @Test
  void theEndTellsHowLongItLastedAndWhatCuredIt() throws Exception {
    String thread = tell(Notices.letter(Notices.opened()));
    tell(Notices.letterIn(thread, treated(Notice.Kind.CLOSED)));
    String end = "the condition ended\nIt lasted 1m30s. What cured it: term: done: SIGTERM sent.";
    assertThat(slack.repliesTo(root()).get(0).text).isEqualTo(end);
    assertThat(root().blocks.toString())
        .contains("✅ web-1: cpu-runaway recovered")
        .contains("It lasted 1m30s.")
        .doesNotContain("Next:");
  }

  private static Letter group(int incidents) {
    List<Notice> notices = new ArrayList<>();
    for (int i = 1; i <= incidents; i++) {
      notices.add(Notices.nth(i, "unit-failed", Severity.CRITICAL));
    }
    return Notices.letter(notices.toArray(Notice[]::new));
  }

  private static Notice end(int nth) {
    return Notices.nthClosed(nth, "unit-failed", Severity.CRITICAL);
  }

  @Test
  void severalAreOneMessageThatCountsThemAndThoseThatAreOver() throws Exception {
    String thread = tell(group(50));
    assertThat(root().blocks.toString()).contains("🔴 CRITICAL web-1: 50 × unit-failed opened");
    tell(Notices.letterIn(thread, end(7)));
    assertThat(root().blocks.toString()).contains("web-1: 50 × unit-failed 1 over, 49 open");
    assertThat(slack.repliesTo(root()).get(0).text).contains("recovered", "worker7.service");
  }

  @Test
  void aLaterRunLeavesAMessageAboutSeveralUntilAllAreOver() throws Exception {
    String thread = tell(group(3));
    String before = root().words();
    channel = channel(slack, FakeSlack.NAME, BEGAN);
    Letter open = Notices.letterIn(thread, end(1));
    tell(
        new Letter(open.key(), open.notices(), open.others(), thread, false, false, open.covers()));
    assertThat(root().words()).isEqualTo(before);
    assertThat(slack.repliesTo(root())).hasSize(1);
    tell(Notices.letterIn(thread, end(2)));
    assertThat(root().blocks.toString()).contains("⚪ all 3 incidents are over");
  }

  @Test
  void givesANameNoWayToFormatOrToCallPeople() throws Exception {
    tell(Notices.letter(Notices.opened("<!channel> *b* :x:\n&")));
    assertThat(root().text).contains("&lt;!channel&gt; *b* :x:\\n&amp; (pid 12");
    assertThat(root().blocks.toString()).contains("&lt;!channel&gt; *b* :x:\\\\n&amp; (pid 12");
    assertThat(slack.calls("chat.postMessage").get(0).form())
        .containsEntry("mrkdwn", "0")
        .containsEntry("parse", "none")
        .containsEntry("link_names", "0")
        .containsEntry("unfurl_links", "0");
    String thread = FakeSlack.CHANNEL + "/" + root().ts;
    tell(Notices.letterIn(thread, treated(Notice.Kind.STEP)));
    assertThat(slack.calls("chat.update").get(0).form())
        .containsEntry("parse", "none")
        .containsEntry("link_names", "0");
  }

  @Test
  void saysItInPlainTextWhereSlackDoesNotTakeTheBlocks() throws Exception {
    slack.refuseNext("chat.postMessage", "invalid_blocks");
    String thread = tell(Notices.letter(Notices.opened()));
    assertThat(root().blocks).isEmpty();
    assertThat(root().text).contains("Because:\n- 98.3 % of a core wanted");
    slack.refuseNext("chat.update", "msg_blocks_too_long");
    tell(Notices.letterIn(thread, Notices.exhausted()));
    assertThat(root().text).contains("Done so far:\n- term: done: SIGTERM sent");
  }

  @Test
  void goesOnInTheChannelThatIsNamedNowWhereTheOldOneIsGone() throws Exception {
    String old = "C0000000OLD/1790000000.000001";
    String thread = tell(Notices.letterIn(old, Notices.exhausted()));
    assertThat(thread).isEqualTo(FakeSlack.CHANNEL + "/" + root().ts);
    assertThat(root().blocks.toString()).contains("cpu-runaway");
    tell(Notices.letterIn(thread, Notices.recovered()));
    assertThat(slack.repliesTo(root())).hasSize(1);
  }

  @Test
  void givesUpWhatSlackDoesNotTakeInAnyForm() {
    slack.refuseNext("chat.postMessage", "invalid_blocks");
    slack.refuseNext("chat.postMessage", "msg_too_long");
    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> tell(Notices.letter(Notices.opened())))
        .withMessage("Slack refused it: msg_too_long")
        .matches(SlackChannelTest::isForGood);
  }

  private static boolean isForGood(DeliveryException e) {
    return e.getCause() instanceof Trouble trouble && trouble.is(Trouble.Kind.FORM);
  }

  @Test
  void triesAgainWhatAnAdministratorCanMendAndSaysHow() throws Exception {
    slack.refuseNext("chat.postMessage", "not_in_channel");
    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> tell(Notices.letter(Notices.opened())))
        .withMessage(
            "Slack refused it: not_in_channel (invite the app into the channel: /invite @medicd)")
        .matches(e -> !isForGood(e));
    tell(Notices.letter(Notices.opened()));
    assertThat(root().text).contains("burner");
  }

  @Test
  void waitsForAsLongAsSlackAsks() {
    slack.refuseNext("chat.postMessage", 429, "{\"ok\":false,\"error\":\"ratelimited\"}");
    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> tell(Notices.letter(Notices.opened())))
        .withMessage("Slack answered 429")
        .satisfies(e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
  }

  @Test
  void isNotMisledByWhatIsNotSlack() {
    slack.refuseNext("chat.postMessage", 200, "<html>Log in to the network</html>");
    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> tell(Notices.letter(Notices.opened())))
        .withMessageStartingWith("what answered is not Slack");
  }

  @Test
  void doesNotReplyTwiceWhereOnlyOneOfTheTwoWentWell() throws Exception {
    String thread = tell(Notices.letter(Notices.opened()));
    Letter letter = Notices.letterIn(thread, Notices.exhausted());
    slack.refuseNext("chat.update", 503, "over capacity");
    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> tell(letter))
        .withMessage("Slack answered 503");
    slack.refuseNext("chat.postMessage", "ratelimited");
    assertThatExceptionOfType(DeliveryException.class).isThrownBy(() -> tell(letter));
    tell(letter);
    assertThat(slack.repliesTo(root())).hasSize(1);
    assertThat(root().blocks.toString()).contains("🆘");
  }

  @Test
  void aMessageWhoseAnswerWasLostIsLookedForAndNotSentTwice() throws Exception {
    try (FakeSlack open = new FakeSlack(Set.of("chat:write", "channels:history"))) {
      channel = channel(open, FakeSlack.CHANNEL, BEGAN);
      open.loseAnswer("chat.postMessage");
      Letter first = Notices.letter(Notices.opened());
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> tell(first))
          .withMessageMatching("Slack: .*time.*")
          .withMessageNotContaining("secret");
      String thread = tell(first);
      assertThat(open.roots()).hasSize(1);
      assertThat(thread).isEqualTo("C012AB3CD/" + open.roots().get(0).ts);
      open.loseAnswer("chat.postMessage");
      Letter second = Notices.letterIn(thread, Notices.exhausted());
      assertThatExceptionOfType(DeliveryException.class).isThrownBy(() -> tell(second));
      tell(second);
      assertThat(open.repliesTo(open.roots().get(0))).hasSize(1);
    }
  }

  @Test
  void whatAnEarlierRunMayHaveSentIsLookedForToo() throws Exception {
    try (FakeSlack open = new FakeSlack(Set.of("chat:write", "groups:history"))) {
      channel = channel(open, FakeSlack.CHANNEL, BEGAN);
      tell(Notices.letter(Notices.opened()));
      channel = channel(open, FakeSlack.CHANNEL, Notices.OPENED_AT.plusSeconds(60));
      tell(Notices.letter(Notices.opened()));
      assertThat(open.roots()).hasSize(1);
    }
  }

  @Test
  void withoutTheScopeItComesTwiceRatherThanNever() throws Exception {
    channel = channel(slack, FakeSlack.CHANNEL, BEGAN);
    slack.loseAnswer("chat.postMessage");
    Letter letter = Notices.letter(Notices.opened());
    assertThatExceptionOfType(DeliveryException.class).isThrownBy(() -> tell(letter));
    tell(letter);
    assertThat(slack.roots()).hasSize(2);
    assertThat(slack.calls("conversations.history")).hasSize(1);
  }

  @Test
  void tellsInTheChannelWhatHasNoMessageToStandUnder() throws Exception {
    tell(Notices.letterIn("C012AB3CD/1.000001", Notices.exhausted()));
    assertThat(root().text).contains("exhausted, nothing helped: burner");
  }

  @Test
  void needsNoMoreThanTheExamplesApp() throws Exception {
    assertThat(SlackApp.ofTheExample().scopes()).containsExactly("chat:write");
    try (FakeSlack none = new FakeSlack(Set.of())) {
      channel = channel(none, FakeSlack.NAME, BEGAN);
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> tell(Notices.letter(Notices.opened())))
          .withMessage(
              "Slack refused it: missing_scope (give the app the scopes of examples/slack-app.yaml)");
    }
  }

  @Test
  void tellsThatTheTokenIsMissing() throws Exception {
    Files.delete(folder.resolve("token"));
    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> tell(Notices.letter(Notices.opened())))
        .withMessageEndingWith("/token does not exist");
    assertThat(slack.posted).isEmpty();
  }
}

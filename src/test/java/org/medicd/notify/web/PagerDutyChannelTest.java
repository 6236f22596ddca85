package org.medicd.notify.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.config.Alerts;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Letter;
import org.medicd.notify.Notices;
import org.medicd.plan.Action;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Notice;
import org.medicd.plan.Severity;
import org.medicd.plan.Step;
import org.medicd.plan.Verdict;

@Timeout(30)
class PagerDutyChannelTest {
  @TempDir Path folder;
  private Path key = Path.of("/");

  @BeforeEach
  void giveTheKey() throws IOException {
    key = Files.writeString(folder.resolve("key"), FakePagerDuty.KEY + "\n");
  }

  private WebhookChannel channel(FakePagerDuty pagerDuty) {
    return Webhooks.channel(pagerDuty.url(), Alerts.Format.PAGERDUTY, key);
  }

  private static Letter follows(@Nullable String thread, boolean over, Notice... notices) {
    Letter letter = Notices.letter(notices);
    return new Letter(
        letter.key(), letter.notices(), Map.of(), thread, false, over, letter.covers());
  }

  @Test
  void triggersAnAlertThatIsResolvedWhenTheIncidentIsOver() throws Exception {
    try (FakePagerDuty pagerDuty = new FakePagerDuty()) {
      WebhookChannel channel = channel(pagerDuty);
      String thread = channel.deliver(Notices.letter(Notices.opened()));
      assertThat(thread).isEqualTo("medicd/web-1/20261123-100000-1.0");
      assertThat(pagerDuty.alerts).containsExactly(Map.entry(thread, "triggered"));
      JsonObject payload = pagerDuty.events.get(0).getAsJsonObject("payload");
      assertThat(payload.get("summary").getAsString())
          .isEqualTo("web-1: cpu-runaway opened: burner (pid 12, burner.service), warning");
      assertThat(payload.get("source").getAsString()).isEqualTo("web-1");
      assertThat(payload.get("severity").getAsString()).isEqualTo("warning");
      assertThat(payload.get("component").getAsString()).isEqualTo("burner.service");
      assertThat(payload.get("class").getAsString()).isEqualTo("cpu-runaway");
      channel.deliver(follows(thread, false, Notices.exhausted()));
      assertThat(channel.deliver(follows(thread, true, Notices.recovered()))).isEqualTo(thread);
      assertThat(pagerDuty.alerts).containsExactly(Map.entry(thread, "resolved"));
    }
  }

  @Test
  void aGroupIsOneAlertWithItsWorstThatIsOpen() throws Exception {
    try (FakePagerDuty pagerDuty = new FakePagerDuty()) {
      WebhookChannel channel = channel(pagerDuty);
      Letter group =
          Notices.letter(
              Notices.nth(1, "unit-failed", Severity.WARNING),
              Notices.nth(2, "unit-failed", Severity.CRITICAL));
      String thread = channel.deliver(group);
      assertThat(pagerDuty.events).hasSize(1);
      JsonObject payload = pagerDuty.events.get(0).getAsJsonObject("payload");
      assertThat(payload.get("severity").getAsString()).isEqualTo("critical");
      JsonObject details = payload.getAsJsonObject("custom_details");
      assertThat(details.getAsJsonArray("incidents")).hasSize(2);
      Notice one = Notices.nthClosed(1, "unit-failed", Severity.WARNING);
      channel.deliver(follows(thread, false, one));
      assertThat(pagerDuty.alerts).containsOnly(Map.entry(String.valueOf(thread), "triggered"));
    }
  }

  @Test
  void isAcknowledgedOnceAPersonOnTheHostHasAnswered() throws Exception {
    Step yes =
        new Step(
            new Action(Action.Kind.TERM),
            new Verdict.Allowed(),
            null,
            Notices.OPENED_AT,
            "approved by root");
    Step no =
        Notices.step(Action.Kind.TERM, new Verdict.Refused("approval", "root said no", true), null);
    for (Step answer : List.of(yes, no)) {
      try (FakePagerDuty pagerDuty = new FakePagerDuty()) {
        WebhookChannel channel = channel(pagerDuty);
        Notice answered =
            Notices.of(
                Notice.Kind.STEP,
                Notices.incident("burner", Severity.WARNING, IncidentState.TREATING, 0, answer));
        String thread = channel.deliver(Notices.letter(Notices.awaiting()));
        assertThat(channel.tells(answered)).isTrue();
        channel.deliver(follows(thread, false, answered));
        assertThat(pagerDuty.alerts.values()).containsExactly("acknowledged");
        channel.deliver(follows(thread, false, Notices.exhausted()));
        assertThat(pagerDuty.alerts.values()).containsExactly("acknowledged");
      }
    }
  }

  @Test
  void isNotToldOfRungsThatNobodyHasAnswered() throws Exception {
    try (FakePagerDuty pagerDuty = new FakePagerDuty()) {
      WebhookChannel channel = channel(pagerDuty);
      for (Notice notice : List.of(Notices.exhausted(), Notices.awaiting(), Notices.opened())) {
        assertThat(channel.tells(Notices.of(Notice.Kind.STEP, notice.incident()))).isFalse();
        assertThat(channel.tells(notice)).isTrue();
      }
    }
  }

  @Test
  void aDigestIsAnAlertAndResolvesThoseThatItTakesTheirIncidentsFrom() throws Exception {
    try (FakePagerDuty pagerDuty = new FakePagerDuty()) {
      WebhookChannel channel = channel(pagerDuty);
      String thread = String.valueOf(channel.deliver(Notices.letter(Notices.opened())));
      List<Notice> many =
          IntStream.range(0, 1000)
              .mapToObj(n -> Notices.nth(n, "unit-failed-" + "x".repeat(90), Severity.CRITICAL))
              .toList();
      Letter digest =
          new Letter(
              "k".repeat(300),
              many,
              Map.of("disk-full", 5),
              null,
              true,
              false,
              List.of("a"),
              List.of(thread));
      String own = String.valueOf(channel.deliver(digest));
      assertThat(own).hasSizeLessThanOrEqualTo(255);
      assertThat(pagerDuty.alerts)
          .containsOnly(Map.entry(thread, "resolved"), Map.entry(own, "triggered"));
    }
  }

  @Test
  void whatIsOverBeforeAnybodyWasToldWakesNobody() throws Exception {
    try (FakePagerDuty pagerDuty = new FakePagerDuty()) {
      WebhookChannel channel = channel(pagerDuty);
      channel.deliver(Notices.letter(Notices.recovered()));
      List<Notice> over = List.of(Notices.recovered());
      channel.deliver(new Letter("k", over, Map.of(), null, true, false, List.of("a")));
      assertThat(pagerDuty.events).hasSize(2);
      assertThat(pagerDuty.alerts).isEmpty();
    }
  }

  @Test
  void whatNeedsAPersonIsAnAlertThoughItIsClosedAsItBegins() throws Exception {
    try (FakePagerDuty pagerDuty = new FakePagerDuty()) {
      WebhookChannel channel = channel(pagerDuty);
      String thread = channel.deliver(Notices.letter(Notices.call()));
      assertThat(pagerDuty.alerts).containsExactly(Map.entry(String.valueOf(thread), "triggered"));
      assertThat(pagerDuty.events).hasSize(1);
      JsonObject payload = pagerDuty.events.get(0).getAsJsonObject("payload");
      assertThat(payload.get("summary").getAsString())
          .isEqualTo("web-1: rules-refused needs a person: the host, warning");
      channel.deliver(Notices.letter(Notices.news()));
      assertThat(pagerDuty.alerts).hasSize(1);
      List<Notice> many = List.of(Notices.recovered(), Notices.call());
      channel.deliver(new Letter("k", many, Map.of(), null, true, true, List.of("a")));
      assertThat(pagerDuty.alerts).containsEntry("medicd/web-1/k", "triggered");
    }
  }

  @Test
  void hostileNamesStayWithinTheLimits() throws Exception {
    try (FakePagerDuty pagerDuty = new FakePagerDuty()) {
      channel(pagerDuty).deliver(Notices.letter(Notices.opened("\u001b[31m\n😀\"\\".repeat(5000))));
      JsonObject payload = pagerDuty.events.get(0).getAsJsonObject("payload");
      assertThat(payload.get("summary").getAsString()).doesNotContain("\n", "\u001b");
    }
  }

  @Test
  void aWrongKeyCanBeMendedAndAWrongEventCannot() throws Exception {
    try (FakePagerDuty pagerDuty = new FakePagerDuty()) {
      WebhookChannel channel = channel(pagerDuty);
      Files.writeString(key, "wrong0wrong0wrong0wrong0wrong0ab\n");
      Letter letter = Notices.letter(Notices.opened());
      DeliveryException wrong =
          catchThrowableOfType(DeliveryException.class, () -> channel.deliver(letter));
      assertThat(wrong.isForGood()).isFalse();
      assertThat(wrong).hasMessage("pager: PagerDuty does not take the integration key");
      Files.writeString(key, FakePagerDuty.KEY);
      channel.deliver(letter);
      assertThat(pagerDuty.alerts.values()).containsExactly("triggered");
    }
    try (FakeReceiver receiver =
        new FakeReceiver(call -> FakeReceiver.Reply.of(400, "Event object is invalid"))) {
      WebhookChannel channel =
          Webhooks.channel(receiver.at("/v2/enqueue"), Alerts.Format.PAGERDUTY, key);
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> channel.deliver(Notices.letter(Notices.opened())))
          .matches(DeliveryException::isForGood);
    }
  }
}

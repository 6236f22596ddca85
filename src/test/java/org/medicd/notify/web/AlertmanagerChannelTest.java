package org.medicd.notify.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.collect.FakeClock;
import org.medicd.config.Alerts;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Letter;
import org.medicd.notify.Notices;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Notice;
import org.medicd.plan.Severity;

/** The real one is in AlertmanagerIT; here is what it is sent. */
@Timeout(30)
class AlertmanagerChannelTest {
  @TempDir Path folder;

  private static AlertmanagerChannel channel(FakeReceiver receiver, @Nullable Path secretFile) {
    return (AlertmanagerChannel)
        Webhooks.channel(receiver.at("/api/v2/alerts"), Alerts.Format.ALERTMANAGER, secretFile);
  }

  private static List<JsonObject> alerts(FakeReceiver receiver, int nth) {
    JsonArray array = receiver.received.get(nth).json().getAsJsonArray();
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  private static String incident(JsonObject alert) {
    return alert.getAsJsonObject("labels").get("incident").getAsString();
  }

  private static Notice nth(int number) {
    return Notices.nth(number, "unit-failed", Severity.CRITICAL);
  }

  private static Notice nthClosed(int number) {
    return Notices.nthClosed(number, "unit-failed", Severity.CRITICAL);
  }

  @Test
  void postsAnAlertWithLabelsThatNameItAndAnnotationsThatTellOfIt() throws Exception {
    try (FakeReceiver receiver = new FakeReceiver(200)) {
      channel(receiver, null).deliver(Notices.letter(Notices.opened("bur\u001bner")));
      JsonObject alert = alerts(receiver, 0).get(0);
      assertThat(alert.get("labels"))
          .hasToString(
              "{\"alertname\":\"cpu-runaway\",\"severity\":\"warning\",\"instance\":\"web-1\","
                  + "\"job\":\"medicd\",\"subject\":\"process\",\"unit\":\"burner.service\","
                  + "\"comm\":\"bur\\\\u{1b}ner\",\"incident\":\"20261123-100000-1\"}");
      assertThat(alert.get("startsAt").getAsString()).isEqualTo("2026-11-23T10:00:00Z");
      assertThat(alert.has("endsAt")).isFalse();
      JsonObject annotations = alert.getAsJsonObject("annotations");
      assertThat(annotations.get("summary").getAsString()).contains("cpu-runaway opened");
      assertThat(annotations.get("description").getAsString()).contains("98.3 % of a core wanted");
    }
  }

  @Test
  void tellsOfEachIncidentOfAGroupOrADigest() throws Exception {
    try (FakeReceiver receiver = new FakeReceiver(200)) {
      Letter digest =
          new Letter(
              "k", List.of(nth(1), nthClosed(2)), Map.of("x", 7), null, true, false, List.of("a"));
      channel(receiver, null).deliver(digest);
      List<JsonObject> alerts = alerts(receiver, 0);
      assertThat(alerts)
          .extracting(AlertmanagerChannelTest::incident)
          .containsExactly("20261123-100000-1", "20261123-100000-2");
      assertThat(alerts.get(1).get("endsAt").getAsString()).isEqualTo("2026-11-23T10:01:30Z");
    }
  }

  @Test
  void keepsItsNameThoughTheProcessTakesAnother() throws Exception {
    try (FakeReceiver receiver = new FakeReceiver(200)) {
      AlertmanagerChannel channel = channel(receiver, null);
      channel.deliver(Notices.letter(Notices.opened("first")));
      channel.repeat(List.of(Notices.opened("second")));
      channel.deliver(
          Notices.letter(
              Notices.of(
                  Notice.Kind.CLOSED,
                  Notices.incident("third", Severity.WARNING, IncidentState.RECOVERED, 0))));
      for (int nth = 1; nth <= 2; nth++) {
        assertThat(alerts(receiver, nth).get(0).get("labels"))
            .isEqualTo(alerts(receiver, 0).get(0).get("labels"));
      }
    }
  }

  @Test
  void tellsAgainWhatIsOpenAndForAWhileWhatIsOver() throws Exception {
    try (FakeReceiver receiver = new FakeReceiver(200)) {
      AlertmanagerChannel channel = channel(receiver, null);
      channel.deliver(Notices.letter(nth(1)));
      channel.deliver(Notices.letter(nth(2)));
      channel.deliver(Notices.letter(nthClosed(2)));
      channel.repeat(List.of(nth(1), nth(2), nth(3))); // 2 was open when it was asked for
      List<JsonObject> alerts = alerts(receiver, 3);
      assertThat(alerts)
          .extracting(AlertmanagerChannelTest::incident)
          .containsExactly("20261123-100000-1", "20261123-100000-3", "20261123-100000-2");
      assertThat(alerts).extracting(each -> each.has("endsAt")).containsExactly(false, false, true);
      channel.deliver(Notices.letter(nth(2))); // it has come back
      channel.repeat(List.of(nth(2)));
      assertThat(alerts(receiver, 5)).extracting(each -> each.has("endsAt")).containsExactly(false);
    }
  }

  @Test
  void whatNeedsAPersonLastsForAWhileThoughItIsClosedAsItBegins() throws Exception {
    FakeClock clock = new FakeClock();
    try (FakeReceiver receiver = new FakeReceiver(200)) {
      AlertmanagerChannel channel =
          new AlertmanagerChannel(
              Webhooks.settings(receiver.at("/api/v2/alerts"), Alerts.Format.ALERTMANAGER, null),
              Webhooks.client(),
              clock,
              clock);
      clock.set(Duration.between(clock.instant(), Notices.OPENED_AT.plusSeconds(7200)));
      channel.deliver(Notices.letter(Notices.call(), Notices.news())); // late: nobody listened
      List<JsonObject> alerts = alerts(receiver, 0);
      assertThat(alerts)
          .extracting(each -> each.get("endsAt").getAsString())
          .containsExactly("2026-11-23T16:00:00Z", "2026-11-23T10:00:00Z");
      clock.advance(Duration.ofMinutes(16));
      channel.repeat(List.of());
      assertThat(alerts(receiver, 1)).containsExactly(alerts.get(0));
      clock.advance(Duration.ofHours(4));
      channel.repeat(List.of());
      assertThat(receiver.received).hasSize(2);
    }
  }

  @Test
  void whatWasNotTakenIsNotTakenForTold() throws Exception {
    try (FakeReceiver receiver = new FakeReceiver(503)) {
      AlertmanagerChannel channel = channel(receiver, null);
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> channel.deliver(Notices.letter(nthClosed(1))));
      receiver.answer(FakeReceiver.Reply.of(200));
      channel.repeat(List.of());
      assertThat(receiver.received).hasSize(1);
    }
  }

  @Test
  void endsNoAlertBeforeItBegan() throws Exception {
    Notice closed = nthClosed(1);
    Notice back =
        Notices.of(
            Notice.Kind.CLOSED,
            Notices.incident("x", Severity.WARNING, IncidentState.OPEN, 0)
                .withdrawn("the clock was set", Notices.OPENED_AT.minusSeconds(3600)));
    try (FakeReceiver receiver = new FakeReceiver(200)) {
      channel(receiver, null).deliver(Notices.letter(back, closed));
      assertThat(alerts(receiver, 0).get(0).get("endsAt"))
          .isEqualTo(alerts(receiver, 0).get(0).get("startsAt"));
    }
  }

  @Test
  void showsTheTokenOfTheMomentAndNeverTellsIt() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "t0ken-of-mine\n");
    try (FakeReceiver receiver =
        new FakeReceiver(call -> FakeReceiver.Reply.of(401, "who is t0ken-of-mine?"))) {
      AlertmanagerChannel channel = channel(receiver, token);
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> channel.repeat(List.of(nth(1))))
          .withMessage("127.0.0.1 answered 401: who is …?");
      assertThat(receiver.received.get(0).header("Authorization"))
          .isEqualTo("Bearer t0ken-of-mine");
      Files.writeString(token, "naïve €");
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> channel.deliver(Notices.letter(nth(1))))
          .withMessage("the token of pager cannot stand in a header");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

package org.medicd.notify.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.api.IncidentView;
import org.medicd.config.Alerts;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Letter;
import org.medicd.notify.LetterText;
import org.medicd.notify.Notices;
import org.medicd.plan.Notice;
import org.medicd.plan.Severity;
import org.medicd.record.Json;

@Timeout(30)
class JsonChannelTest {
  private static final Gson PRETTY =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  @TempDir Path folder;

  private static WebhookChannel channel(FakeReceiver receiver, @Nullable Path secretFile) {
    return Webhooks.channel(receiver.at("/hook"), Alerts.Format.JSON, secretFile);
  }

  private static JsonObject told(Letter letter) throws Exception {
    try (FakeReceiver receiver = new FakeReceiver(204)) {
      assertThat(channel(receiver, null).deliver(letter)).isNull();
      assertThat(receiver.received).hasSize(1);
      return receiver.received.get(0).json().getAsJsonObject();
    }
  }

  /** What is in the examples is what is sent: receivers are written after it. */
  @Test
  void postsWhatTheExampleShows() throws Exception {
    JsonElement example =
        JsonParser.parseString(Files.readString(Path.of("examples/gateways/notice.json")));
    JsonObject told = told(Notices.letterIn("20261123-100000-1.0", Notices.exhausted()));
    assertThat(PRETTY.toJson(told)).isEqualTo(PRETTY.toJson(example));
  }

  @Test
  void readsItsAddressAnewAndNeverTellsIt() throws Exception {
    Path file = folder.resolve("url");
    WebhookChannel channel = Webhooks.channel(file, Alerts.Format.JSON, null);
    Letter letter = Notices.letter(Notices.opened());
    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> channel.deliver(letter))
        .withMessage("address of pager: " + file + " does not exist");
    Files.writeString(file, "https//hooks.example/s3cret\n");
    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> channel.deliver(letter))
        .withMessage("address of pager: " + file + " holds no address as https://…");
    try (FakeReceiver receiver =
        new FakeReceiver(call -> FakeReceiver.Reply.of(404, "Cannot POST " + call.path()))) {
      Files.writeString(file, receiver.at("/services/s3cret") + "\n");
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> channel.deliver(letter))
          .withMessage("127.0.0.1 answered 404: Cannot POST …");
      receiver.answer(FakeReceiver.Reply.of(200));
      channel.deliver(letter);
      assertThat(receiver.received.get(1).path()).isEqualTo("/services/s3cret");
    }
  }

  @Test
  void namesTheLetterInAHeaderThatIsTheSameWhenItComesAgain() throws Exception {
    Letter letter = Notices.letter(Notices.opened());
    try (FakeReceiver receiver = new FakeReceiver(503)) {
      WebhookChannel channel = channel(receiver, null);
      assertThatExceptionOfType(DeliveryException.class).isThrownBy(() -> channel.deliver(letter));
      receiver.answer(FakeReceiver.Reply.of(200));
      channel.deliver(letter);
      assertThat(receiver.received)
          .extracting(each -> each.header("Idempotency-Key"))
          .containsExactly(letter.key(), letter.key());
      assertThat(receiver.received.get(0).header("Content-Type")).isEqualTo("application/json");
      assertThat(receiver.received.get(0).header(Signature.HEADER)).isEqualTo("null");
    }
  }

  @Test
  void signsTimeAndBodyWithTheKeyOfTheMoment() throws Exception {
    Path key = Files.writeString(folder.resolve("key"), "old\n");
    try (FakeReceiver receiver = new FakeReceiver(200)) {
      WebhookChannel channel = channel(receiver, key);
      Files.writeString(key, "kèy\n");
      channel.deliver(Notices.letter(Notices.opened("büchse\n\"")));
      FakeReceiver.Received received = receiver.received.get(0);
      long seconds = Webhooks.CLOCK.instant().getEpochSecond();
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("kèy".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      StringBuilder digest = new StringBuilder();
      for (byte each :
          mac.doFinal((seconds + "." + received.body()).getBytes(StandardCharsets.UTF_8))) {
        digest.append("%02x".formatted(each));
      }
      assertThat(received.header("Medicd-Signature")).isEqualTo("t=" + seconds + ",v1=" + digest);
    }
  }

  @Test
  void sendsNothingWithoutTheKeyThatItIsToSignWith() throws Exception {
    try (FakeReceiver receiver = new FakeReceiver(200)) {
      WebhookChannel channel = channel(receiver, folder.resolve("gone"));
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> channel.deliver(Notices.letter(Notices.opened())))
          .withMessageStartingWith("key of pager: ");
      assertThat(receiver.received).isEmpty();
    }
  }

  @Test
  void showsAnIncidentAsTheApiDoes() throws Exception {
    Notice hostile = Notices.opened("x\u001b]0;\u202e\n\"<&😀");
    JsonObject told = told(Notices.letter(hostile));
    JsonElement incident = told.getAsJsonArray("incidents").get(0);
    assertThat(incident)
        .isEqualTo(JsonParser.parseString(Json.write(IncidentView.of(hostile.incident()))));
    assertThat(told.get("subject").getAsString())
        .isEqualTo(LetterText.subject(Notices.letter(hostile)))
        .contains("x\\u{1b}]0;\\u{202e}\\n\"<&😀");
  }

  @Test
  void tellsOfAllIncidentsOfAGroupAndWhatMattersMostOfThoseThatAreOpen() throws Exception {
    Letter letter =
        Notices.letter(
            Notices.nth(1, "unit-failed", Severity.WARNING),
            Notices.nthClosed(2, "unit-failed", Severity.WARNING));
    JsonObject told = told(letter);
    assertThat(told.getAsJsonArray("incidents")).hasSize(2);
    assertThat(told.get("kind").getAsString()).isEqualTo("opened");
    assertThat(told.get("over").getAsBoolean()).isFalse();
    assertThat(told.getAsJsonArray("notices").get(1).getAsJsonObject().get("kind").getAsString())
        .isEqualTo("closed");
  }

  @Test
  void countsWhatIsTooMuchToTell() throws Exception {
    List<Notice> many =
        IntStream.range(0, 130)
            .mapToObj(n -> Notices.nth(n, n < 120 ? "unit-failed" : "disk-full", Severity.WARNING))
            .toList();
    JsonObject told =
        told(
            new Letter(
                "key", many, Map.of("unit-failed", 7), null, true, false, List.of("a", "b")));
    assertThat(told.getAsJsonArray("incidents")).hasSize(100);
    assertThat(told.getAsJsonArray("notices")).hasSize(100);
    assertThat(told.get("others")).hasToString("{\"disk-full\":10,\"unit-failed\":27}");
    assertThat(told.get("digest").getAsBoolean()).isTrue();
  }

  @Test
  void neverTellsTheKeyThoughTheReceiverSaysIt() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "hunter2hunter2\n");
    try (FakeReceiver receiver =
        new FakeReceiver(call -> FakeReceiver.Reply.of(400, "bad key hunter2hunter2"))) {
      WebhookChannel channel = channel(receiver, key);
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> channel.deliver(Notices.letter(Notices.opened())))
          .withMessage("127.0.0.1 answered 400: bad key …");
    }
  }
}

package org.medicd.notify.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.api.IncidentView;
import org.medicd.config.Alerts;
import org.medicd.config.NeedsProgram;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Letter;
import org.medicd.notify.LetterText;
import org.medicd.notify.Notices;
import org.medicd.notify.Proxies;
import org.medicd.plan.Severity;
import org.medicd.record.Json;

/** The bridge in the examples, run as it stands there. */
@Timeout(60)
class SmsBridgeTest {
  private static final Pattern PORT = Pattern.compile("listening at port ([0-9]+)\n");

  @TempDir Path folder;
  private Path spool = Path.of("/");
  private Path key = Path.of("/");
  private @Nullable Process bridge;

  @BeforeEach
  void start() throws IOException {
    NeedsProgram.that("python3 -c 'import http.server, hmac, json'", "python3");
    spool = Files.createDirectory(folder.resolve("spool"));
    key = Files.writeString(folder.resolve("key"), "a kèy of ours\n");
    bridge =
        new ProcessBuilder(
                "python3",
                "examples/gateways/sms-bridge",
                "0",
                key.toString(),
                spool.toString(),
                "4915100001",
                "4915100002")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (bridge != null) {
      bridge.destroyForcibly().waitFor();
    }
  }

  private URI address() {
    Path log = folder.resolve("log");
    await().atMost(Duration.ofSeconds(30)).until(() -> PORT.matcher(Files.readString(log)).find());
    try {
      Matcher found = PORT.matcher(Files.readString(log));
      assertThat(found.find()).isTrue();
      return URI.create("http://127.0.0.1:" + found.group(1) + "/");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private WebhookChannel channel(Path with, InstantSource clock) {
    return WebhookChannel.of(
        new Alerts.Webhook("sms", address(), null, Alerts.Format.JSON, with, Severity.INFO),
        new WebClient(Proxies.of(Map.of())),
        incident -> JsonParser.parseString(Json.write(IncidentView.of(incident))),
        clock);
  }

  private List<String> texts() throws IOException {
    try (Stream<Path> files = Files.list(spool)) {
      return files.sorted().map(SmsBridgeTest::read).toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void sendsEachMessageOnceToEachTelephone() throws Exception {
    WebhookChannel channel = channel(key, Instant::now);
    Letter letter = Notices.letter(Notices.opened("bürner"));
    channel.deliver(letter);
    channel.deliver(letter); // it may come twice, if the answer was lost
    assertThat(texts())
        .containsExactly(
            "To: 4915100001\nAlphabet: UTF-8\n\n" + LetterText.subject(letter) + "\n",
            "To: 4915100002\nAlphabet: UTF-8\n\n" + LetterText.subject(letter) + "\n");
  }

  @Test
  void takesNothingThatIsNotSignedOrTooOld() throws Exception {
    Letter letter = Notices.letter(Notices.opened());
    Path other = Files.writeString(folder.resolve("other"), "another key\n");
    for (WebhookChannel bad :
        List.of(
            channel(other, Instant::now), channel(key, () -> Instant.now().minusSeconds(301)))) {
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> bad.deliver(letter))
          .withMessage("127.0.0.1 answered 401")
          .matches(e -> !e.isForGood());
    }
    assertThat(texts()).isEmpty();
  }

  @Test
  void hasItTriedAgainWhereItsSpoolIsGone() throws Exception {
    WebhookChannel channel = channel(key, Instant::now);
    Files.delete(spool);
    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> channel.deliver(Notices.letter(Notices.opened())))
        .withMessage("127.0.0.1 answered 503");
    Files.createDirectory(spool);
    channel.deliver(Notices.letter(Notices.opened()));
    assertThat(texts()).hasSize(2);
  }
}

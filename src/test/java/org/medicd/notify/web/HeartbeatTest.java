package org.medicd.notify.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.config.Alerts;

@Timeout(60)
class HeartbeatTest {
  private static final Duration OFTEN = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final AtomicReference<@Nullable String> illness = new AtomicReference<>();

  private Heartbeat heartbeat(String address) throws Exception {
    Path file = Files.writeString(folder.resolve("url"), address + "\n");
    return new Heartbeat(new Alerts.Heartbeat(file, OFTEN, OFTEN), Webhooks.client(), illness::get);
  }

  @Test
  void callsAgainAndAgainWhileMedicdIsWellAndNotOtherwise() throws Exception {
    try (FakeReceiver receiver = new FakeReceiver(200);
        Heartbeat heartbeat = heartbeat(receiver.at("/ping/s3cret").toString())) {
      await().atMost(LONG).until(() -> receiver.received.size() >= 3);
      assertThat(receiver.received.get(0).method()).isEqualTo("GET");
      assertThat(receiver.received.get(0).path()).isEqualTo("/ping/s3cret");
      illness.set("no tick has ended for 20s");
      await().atMost(LONG).until(() -> heartbeat.count().withheld() > 0);
      int before = receiver.received.size();
      long withheld = heartbeat.count().withheld();
      await().atMost(LONG).until(() -> heartbeat.count().withheld() > withheld + 2);
      assertThat(receiver.received).hasSize(before);
      assertThat(heartbeat.count().problem()).isEqualTo("not called: no tick has ended for 20s");
      illness.set(null);
      await().atMost(LONG).until(() -> receiver.received.size() > before);
    }
  }

  @Test
  void countsWhatFailedAndTellsNoMoreThanTheHost() throws Exception {
    try (FakeReceiver receiver =
            new FakeReceiver(call -> FakeReceiver.Reply.of(404, "no s3cret here"));
        Heartbeat heartbeat = heartbeat(receiver.at("/ping/s3cret").toString())) {
      await().atMost(LONG).until(() -> heartbeat.count().failed() >= 2);
      assertThat(heartbeat.count().problem()).isEqualTo("127.0.0.1 answered 404");
      receiver.answer(FakeReceiver.Reply.of(200));
      await().atMost(LONG).until(() -> heartbeat.count().called() >= 2);
      assertThat(heartbeat.count().problem()).isNull();
    }
  }

  @Test
  void goesOnWhereNobodyListensOrTheAddressIsNone() throws Exception {
    int port;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }
    String nobody = "http://127.0.0.1:" + port + "/s3cret";
    List<String> bad =
        List.of(nobody, "s3cret", "ftp://h/s3cret", "http://[s3cret", "https:///s3cret");
    try (Heartbeat heartbeat = heartbeat(nobody)) {
      for (String each : bad) {
        Files.writeString(folder.resolve("url"), each);
        long failed = heartbeat.count().failed();
        await().atMost(LONG).until(() -> heartbeat.count().failed() > failed + 1);
        assertThat(heartbeat.count().problem()).isNotNull().doesNotContain("s3cret");
      }
    }
  }
}

package org.medicd.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.config.Alerts;
import org.medicd.notify.FakeMailServer.Manner;
import org.medicd.plan.Severity;

@Timeout(30)
class DispatcherTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final List<Duration> pauses = new CopyOnWriteArrayList<>();

  @TempDir Path folder;

  @Test
  void tellsEveryChannelWhatMattersEnoughToIt() {
    FakeChannel all = FakeChannel.good(Severity.INFO);
    FakeChannel worst = FakeChannel.good(Severity.CRITICAL);
    Dispatcher dispatcher = new Dispatcher(List.of(all, worst), pauses::add);
    dispatcher.tell(Notices.opened(Severity.WARNING));
    dispatcher.tell(Notices.opened(Severity.CRITICAL));
    dispatcher.close(LONG);
    assertThat(all.delivered).hasSize(2);
    assertThat(worst.delivered).containsExactly(Notices.opened(Severity.CRITICAL));
  }

  @Test
  void triesAgainAfterEverLongerPauses() {
    FakeChannel channel = FakeChannel.failing(3);
    try (Dispatcher dispatcher = new Dispatcher(List.of(channel), pauses::add)) {
      dispatcher.tell(Notices.opened());
      await().until(() -> !channel.delivered.isEmpty());
      assertThat(pauses).isEqualTo(Lane.BACKOFF.subList(0, 3));
    }
  }

  @Test
  void givesUpAfterTheLastTryAndGoesOnWithTheNext() {
    int all = Lane.BACKOFF.size() + 1;
    FakeChannel channel = FakeChannel.failing(all);
    try (Dispatcher dispatcher = new Dispatcher(List.of(channel), pauses::add)) {
      dispatcher.tell(Notices.opened());
      await().until(() -> dispatcher.tallies().get(0).failed() == 1);
      dispatcher.tell(Notices.exhausted());
      await().until(() -> dispatcher.tallies().get(0).delivered() == 1);
      assertThat(channel.tries).hasValue(all + 1);
      assertThat(channel.delivered).containsExactly(Notices.exhausted());
    }
  }

  @Test
  void dropsTheOldestWhenTheQueueIsFull() throws InterruptedException {
    FakeChannel channel = FakeChannel.hanging();
    Dispatcher dispatcher = new Dispatcher(List.of(channel), pauses::add, 2);
    dispatcher.tell(Notices.opened("first"));
    channel.entered.await();
    for (String comm : List.of("second", "third", "fourth", "fifth")) {
      dispatcher.tell(Notices.opened(comm));
    }
    assertThat(dispatcher.tallies()).containsExactly(new Tally("fake", 3, 0, 0, 2));
    channel.letGo.countDown();
    dispatcher.close(LONG);
    assertThat(channel.delivered)
        .containsExactly(
            Notices.opened("first"), Notices.opened("fourth"), Notices.opened("fifth"));
  }

  @Test
  void isNotDelayedByAChannelThatHangs() {
    FakeChannel hanging = FakeChannel.hanging();
    FakeChannel good = FakeChannel.good(Severity.INFO);
    Dispatcher dispatcher = new Dispatcher(List.of(hanging, good), pauses::add);
    dispatcher.tell(Notices.opened());
    await().until(() -> good.delivered.size() == 1);
    dispatcher.close(Duration.ofMillis(50));
    assertThat(hanging.delivered).isEmpty();
  }

  @Test
  void givesAPendingNoticeItsLastTryAtTheEndInsteadOfWaiting() throws InterruptedException {
    FakeChannel channel = FakeChannel.failing(1);
    CountDownLatch pausing = new CountDownLatch(1);
    Dispatcher dispatcher =
        new Dispatcher(
            List.of(channel),
            pause -> {
              pausing.countDown();
              TimeUnit.HOURS.sleep(1);
            });
    dispatcher.tell(Notices.opened());
    pausing.await();
    dispatcher.close(LONG);
    assertThat(channel.delivered).hasSize(1);
  }

  @Test
  void takesNothingMoreOnceItIsClosed() {
    FakeChannel channel = FakeChannel.good(Severity.INFO);
    Dispatcher dispatcher = new Dispatcher(List.of(channel), pauses::add);
    dispatcher.close(LONG);
    dispatcher.tell(Notices.opened());
    assertThat(dispatcher.tallies()).containsExactly(new Tally("fake", 0, 0, 0, 0));
  }

  @Test
  void deliversTheMailWhileSlackNeverAnswers() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "xoxb-1\n");
    try (FakeMailServer mail = new FakeMailServer(Manner.PLAIN);
        FakeSlack slack = new FakeSlack(200, null)) {
      Alerts.Email email =
          new Alerts.Email(
              "127.0.0.1",
              mail.port(),
              Alerts.Tls.NONE,
              null,
              null,
              "medicd@example.org",
              List.of("ops@example.org"),
              Severity.WARNING);
      Alerts alerts =
          new Alerts(
              email,
              new Alerts.Slack(token, null, "#ops", slack.api(), Severity.WARNING),
              List.of());
      Dispatcher dispatcher =
          new Dispatcher(Channels.of(alerts, InstantSource.fixed(Notices.OPENED_AT)), pauses::add);
      dispatcher.tell(Notices.opened());
      await().atMost(Duration.ofSeconds(5)).until(() -> mail.received.size() == 1);
      await().until(() -> slack.posted.size() == 1);
      assertThat(dispatcher.tallies())
          .contains(new Tally("slack", 1, 0, 0, 0))
          .element(0)
          .satisfies(tally -> assertThat(tally.channel()).isEqualTo("email"));
      dispatcher.close(Duration.ofMillis(50));
    }
  }
}

package org.medicd.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medicd.config.Alerts;
import org.medicd.config.CalendarExpression;
import org.medicd.config.Pace;
import org.medicd.config.QuietHours;
import org.medicd.config.Route;
import org.medicd.plan.Notice;
import org.medicd.plan.Post;
import org.medicd.plan.Severity;
import org.medicd.plan.Unsent;

/** Channels that change under what waits for them. */
@Timeout(30)
class DispatcherTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Pace AT_ONCE =
      new Pace(Duration.ZERO, Duration.ZERO, 1_000, Duration.ZERO, Duration.ofHours(2));
  private static final Alerts PLAIN = alerts(List.of(), List.of(), AT_ONCE);
  private static final DeliveryException NOT_FOR_AN_HOUR =
      DeliveryException.notBefore(Duration.ofHours(1), "not for an hour");

  private volatile Instant now = Notices.OPENED_AT;
  private final InstantSource clock = () -> now;
  private final List<String> kept = new CopyOnWriteArrayList<>();

  private final Receipts receipts =
      new Receipts() {
        @Override
        public void trying(String channel, Letter letter) {}

        @Override
        public void delivered(String channel, Letter letter, String thread) {
          letter.covers().forEach(each -> kept.add(channel + " delivered " + each));
        }

        @Override
        public void counted(String channel, List<String> notices) {}

        @Override
        public void givenUp(String channel, Letter letter, String why) {
          letter.covers().forEach(each -> kept.add(channel + " given up " + each + ": " + why));
        }
      };

  private static Alerts alerts(List<Route> routes, List<QuietHours> quietHours, Pace pace) {
    return new Alerts(null, null, List.of(), List.of(), null, null, routes, quietHours, pace);
  }

  private Dispatcher dispatcher(Alerts alerts, Channel... channels) {
    Dispatcher dispatcher =
        new Dispatcher(List.of(channels), alerts, ZoneOffset.UTC, receipts, clock);
    dispatcher.start(Unsent.NOTHING);
    return dispatcher;
  }

  private static void tell(Dispatcher dispatcher, Notice... notices) {
    for (Notice notice : notices) {
      dispatcher.tell(new Post(notice, dispatcher.channels(notice)));
    }
  }

  private static Notice nth(int number) {
    return Notices.nth(number, "diagnosis-" + number, Severity.WARNING);
  }

  private static List<String> ids(Notice... notices) {
    return Arrays.stream(notices).map(Notice::id).toList();
  }

  private static List<String> covers(FakeChannel channel) {
    return channel.delivered.stream().flatMap(each -> each.covers().stream()).toList();
  }

  @Test
  void aChangedChannelTakesOverWhatWaitsInItsOrderAndAtOnce() {
    FakeChannel dead = FakeChannel.failing(nth -> NOT_FOR_AN_HOUR);
    Dispatcher dispatcher = dispatcher(PLAIN, dead);
    tell(dispatcher, nth(1));
    await().until(() -> dead.tries.get() == 1);
    tell(dispatcher, nth(2), nth(3));
    assertThat(dispatcher.tallies())
        .containsExactly(new Tally("fake", 3, 0, 0, Notices.OPENED_AT, "not for an hour"));

    FakeChannel good = FakeChannel.good("fake", Severity.INFO);
    dispatcher.replace(List.of(good), PLAIN);
    await().until(() -> dispatcher.tallies().equals(List.of(new Tally("fake", 0, 3, 0))));
    assertThat(covers(good)).isEqualTo(ids(nth(1), nth(2), nth(3)));
    assertThat(dead.delivered).isEmpty();
    dispatcher.close(LONG);
  }

  @Test
  void whatIsBeingDeliveredIsDeliveredByTheOldOneAndNotAgain() {
    FakeChannel slow = FakeChannel.hanging();
    Dispatcher dispatcher = dispatcher(PLAIN, slow);
    tell(dispatcher, nth(1));
    await().until(() -> slow.entered.getCount() == 0);
    tell(dispatcher, nth(2));
    FakeChannel other = FakeChannel.good("hanging", Severity.INFO);
    dispatcher.replace(List.of(other), PLAIN);
    tell(dispatcher, nth(3));
    slow.letGo.countDown();
    await().until(() -> other.delivered.size() == 2);
    assertThat(covers(slow)).isEqualTo(ids(nth(1)));
    assertThat(covers(other)).isEqualTo(ids(nth(2), nth(3)));
    dispatcher.close(LONG);
    assertThat(kept).hasSize(3);
  }

  /** The old one fails only once the other is there: it is not waited for as after a failure. */
  @Test
  void whatTheOldOneFailsToDeliverIsTriedAtOnceByTheOther() throws Exception {
    FakeChannel failing = FakeChannel.hangingThen(NOT_FOR_AN_HOUR);
    Dispatcher dispatcher = dispatcher(PLAIN, failing);
    tell(dispatcher, nth(1));
    await().until(() -> failing.entered.getCount() == 0);
    FakeChannel other = FakeChannel.good("hanging", Severity.INFO);
    dispatcher.replace(List.of(other), PLAIN);
    failing.letGo.countDown();
    await().until(() -> covers(other).equals(ids(nth(1))));
    dispatcher.close(LONG);
    assertThat(kept).containsExactly("hanging delivered " + nth(1).id());
  }

  @Test
  void whatFollowsIsToldInTheThreadThatWasBegunBefore() {
    FakeChannel before = FakeChannel.good("fake", Severity.INFO);
    Dispatcher dispatcher = dispatcher(PLAIN, before);
    tell(dispatcher, Notices.opened());
    await().until(() -> before.delivered.size() == 1);
    FakeChannel after = FakeChannel.good("fake", Severity.INFO);
    dispatcher.replace(List.of(after), PLAIN);
    tell(dispatcher, Notices.exhausted());
    await().until(() -> after.delivered.size() == 1);
    assertThat(after.delivered.get(0).thread()).isEqualTo("thread of " + Notices.opened().id());
    dispatcher.close(LONG);
  }

  @Test
  void aNewChannelBeginsAndAnOldOneGoesOnWithoutATry() {
    FakeChannel waiting = FakeChannel.failing(nth -> NOT_FOR_AN_HOUR);
    Dispatcher dispatcher = dispatcher(PLAIN, waiting);
    tell(dispatcher, nth(1));
    await().until(() -> waiting.tries.get() == 1);
    FakeChannel added = FakeChannel.good("added", Severity.INFO);
    dispatcher.replace(List.of(waiting, added), PLAIN);
    tell(dispatcher, nth(2));
    await().until(() -> covers(added).equals(ids(nth(2))));
    assertThat(waiting.tries).hasValue(1);
    assertThat(dispatcher.tallies().get(0).pending()).isEqualTo(2);
    dispatcher.close(LONG);
  }

  @Test
  void whatWaitsForOneThatIsRemovedIsGivenUpAndItIsNotAskedAgain() {
    FakeChannel removed = FakeChannel.failing(nth -> NOT_FOR_AN_HOUR);
    FakeChannel stays = FakeChannel.good("stays", Severity.INFO);
    Dispatcher dispatcher = dispatcher(PLAIN, removed, stays);
    tell(dispatcher, nth(1));
    await().until(() -> removed.tries.get() == 1 && stays.delivered.size() == 1);
    tell(dispatcher, nth(2));
    await().until(() -> stays.delivered.size() == 2);
    dispatcher.replace(List.of(stays), PLAIN);
    assertThat(dispatcher.channels(nth(3))).containsExactly("stays");
    await().until(() -> kept.size() == 4);
    assertThat(kept)
        .contains(
            "fake given up " + nth(1).id() + ": the channel was removed",
            "fake given up " + nth(2).id() + ": the channel was removed");
    assertThat(removed.tries).hasValue(1);
    dispatcher.close(LONG);
  }

  @Test
  void whatOneThatIsRemovedIsJustDeliveringCounts() {
    FakeChannel slow = FakeChannel.hanging();
    Dispatcher dispatcher = dispatcher(PLAIN, slow);
    tell(dispatcher, nth(1));
    await().until(() -> slow.entered.getCount() == 0);
    tell(dispatcher, nth(2));
    dispatcher.replace(List.of(), PLAIN);
    slow.letGo.countDown();
    await().until(() -> kept.size() == 2);
    assertThat(kept)
        .containsExactlyInAnyOrder(
            "hanging given up " + nth(2).id() + ": the channel was removed",
            "hanging delivered " + nth(1).id());
    assertThat(covers(slow)).isEqualTo(ids(nth(1)));
    dispatcher.close(LONG);
  }

  @Test
  void routesHoldAtOnce() {
    FakeChannel one = FakeChannel.good("one", Severity.INFO);
    FakeChannel two = FakeChannel.good("two", Severity.INFO);
    Dispatcher dispatcher = dispatcher(PLAIN, one, two);
    Route route = new Route(List.of(), Severity.INFO, List.of("two"));
    dispatcher.replace(List.of(one, two), alerts(List.of(route), List.of(), AT_ONCE));
    assertThat(dispatcher.channels(nth(1))).containsExactly("two");
    dispatcher.close(LONG);
  }

  @Test
  void quietHoursHoldAtOnceAlsoForWhatWaits() {
    QuietHours night =
        new QuietHours(
            CalendarExpression.parse("10:00"), Duration.ofHours(9), Severity.CRITICAL, List.of());
    FakeChannel channel = FakeChannel.good("fake", Severity.INFO);
    Dispatcher dispatcher = dispatcher(alerts(List.of(), List.of(night), AT_ONCE), channel);
    tell(dispatcher, nth(1));
    assertThat(dispatcher.tallies()).containsExactly(new Tally("fake", 1, 0, 0));
    dispatcher.replace(List.of(channel), PLAIN);
    await().until(() -> channel.delivered.size() == 1);
    dispatcher.replace(List.of(channel), alerts(List.of(), List.of(night), AT_ONCE));
    tell(dispatcher, nth(2), Notices.nth(3, "unit-failed", Severity.CRITICAL));
    await().until(() -> channel.delivered.size() == 2);
    assertThat(dispatcher.tallies()).containsExactly(new Tally("fake", 1, 2, 0));
    dispatcher.close(LONG);
  }

  @Test
  void thePaceHoldsAtOnceAlsoForWhatWaits() {
    Pace slow =
        new Pace(
            Duration.ofHours(1), Duration.ofHours(1), 1_000, Duration.ZERO, Duration.ofHours(2));
    FakeChannel channel = FakeChannel.good("fake", Severity.INFO);
    Dispatcher dispatcher = dispatcher(alerts(List.of(), List.of(), slow), channel);
    tell(dispatcher, nth(1));
    assertThat(channel.delivered).isEmpty();
    dispatcher.replace(List.of(channel), PLAIN);
    await().until(() -> channel.delivered.size() == 1);
    dispatcher.close(LONG);
  }

  @Test
  void channelsMayChangeBeforeItHasBegun() {
    Notice left = nth(1);
    FakeChannel before = FakeChannel.good("fake", Severity.INFO);
    FakeChannel gone = FakeChannel.good("gone", Severity.INFO);
    Dispatcher dispatcher =
        new Dispatcher(List.of(before, gone), PLAIN, ZoneOffset.UTC, receipts, clock);
    tell(dispatcher, nth(2));
    FakeChannel after = FakeChannel.good("fake", Severity.INFO);
    FakeChannel added = FakeChannel.good("added", Severity.INFO);
    dispatcher.replace(List.of(after, added), PLAIN);
    tell(dispatcher, nth(3));
    dispatcher.start(
        new Unsent(
            List.of(new Unsent.Item("fake", left, null), new Unsent.Item("gone", left, null)),
            Map.of(),
            Map.of()));
    await().until(() -> after.delivered.size() == 3 && added.delivered.size() == 1);
    assertThat(covers(after)).isEqualTo(ids(nth(1), nth(2), nth(3)));
    assertThat(covers(added)).isEqualTo(ids(nth(3)));
    assertThat(kept)
        .contains(
            "gone given up " + nth(2).id() + ": the channel was removed",
            "gone given up " + left.id() + ": there is no such channel any longer");
    assertThat(before.delivered).isEmpty();
    assertThat(gone.delivered).isEmpty();
    dispatcher.close(LONG);
  }

  @Test
  void whatFailsIsKnownUntilATryIsGood() {
    FakeChannel channel =
        FakeChannel.failing(nth -> nth == 1 ? new DeliveryException("connection refused") : null);
    Dispatcher dispatcher = dispatcher(PLAIN, channel);
    tell(dispatcher, nth(1));
    await()
        .until(
            () ->
                dispatcher
                    .tallies()
                    .equals(
                        List.of(
                            new Tally("fake", 1, 0, 0, Notices.OPENED_AT, "connection refused"))));
    await().until(() -> dispatcher.tallies().equals(List.of(new Tally("fake", 0, 1, 0))));
    dispatcher.close(LONG);
  }
}

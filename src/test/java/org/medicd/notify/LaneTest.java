package org.medicd.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
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

@Timeout(30)
class LaneTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Pace AT_ONCE = pace(Duration.ofHours(2));

  private static Pace pace(Duration retryFor) {
    return new Pace(Duration.ZERO, Duration.ZERO, 1_000, Duration.ZERO, retryFor);
  }

  private volatile Instant now = Notices.OPENED_AT;
  private final InstantSource clock = () -> now;
  private final List<String> kept = new CopyOnWriteArrayList<>();

  private final Receipts receipts =
      new Receipts() {
        @Override
        public void trying(String channel, Letter letter) {
          kept.add("trying " + letter.key());
        }

        @Override
        public void delivered(String channel, Letter letter, String thread) {
          kept.add("delivered " + letter.key() + " in " + thread);
        }

        @Override
        public void counted(String channel, List<String> notices) {}

        @Override
        public void givenUp(String channel, Letter letter, String why) {
          kept.add("given up " + letter.key() + ": " + why);
        }
      };

  private Lane lane(Channel channel) {
    Lane lane = new Lane(channel, AT_ONCE, each -> false, receipts, clock, MILLI);
    lane.start(List.of(), Map.of());
    return lane;
  }

  private Dispatcher dispatcher(Channel... channels) {
    return dispatcher(alerts(List.of(), List.of()), channels);
  }

  private static Alerts alerts(List<Route> routes, List<QuietHours> quietHours) {
    return new Alerts(null, null, List.of(), List.of(), null, null, routes, quietHours, AT_ONCE);
  }

  private Dispatcher dispatcher(Alerts alerts, Channel... channels) {
    Dispatcher dispatcher =
        new Dispatcher(List.of(channels), alerts, ZoneOffset.UTC, receipts, clock);
    dispatcher.start(Unsent.NOTHING);
    return dispatcher;
  }

  private static void tell(Dispatcher dispatcher, Notice notice) {
    dispatcher.tell(new Post(notice, dispatcher.channels(notice)));
  }

  @Test
  void tellsEveryChannelWhatMattersEnoughToIt() {
    FakeChannel all = FakeChannel.good("all", Severity.INFO);
    FakeChannel worst = FakeChannel.good("worst", Severity.CRITICAL);
    Dispatcher dispatcher = dispatcher(all, worst);
    tell(dispatcher, Notices.nth(1, "disk-full", Severity.WARNING));
    tell(dispatcher, Notices.nth(2, "unit-failed", Severity.CRITICAL));
    dispatcher.close(LONG);
    assertThat(all.delivered).hasSize(2);
    assertThat(worst.delivered)
        .singleElement()
        .satisfies(each -> assertThat(each.isOfOne()).isTrue());
  }

  @Test
  void channelsBeginAndEndWithTheDispatcher() {
    FakeChannel channel = FakeChannel.good("one", Severity.INFO);
    Dispatcher dispatcher = dispatcher(channel);
    assertThat(channel.begun).hasValue(1);
    assertThat(channel.closed).hasValue(0);
    dispatcher.close(LONG);
    assertThat(channel.closed).hasValue(1);
  }

  @Test
  void theFirstRouteSaysWhoIsTold() {
    FakeChannel one = FakeChannel.good("one", Severity.INFO);
    FakeChannel two = FakeChannel.good("two", Severity.INFO);
    List<Route> routes =
        List.of(
            new Route(List.of("unit=worker1"), Severity.INFO, List.of()),
            new Route(List.of("unit-failed"), Severity.CRITICAL, List.of("one", "two")),
            new Route(List.of("unit-failed"), Severity.INFO, List.of("two")));
    Dispatcher dispatcher = dispatcher(alerts(routes, List.of()), one, two);
    List<List<String>> told = new ArrayList<>();
    for (Notice notice :
        List.of(
            Notices.nth(1, "unit-failed", Severity.CRITICAL),
            Notices.nth(2, "unit-failed", Severity.CRITICAL),
            Notices.nth(3, "unit-failed", Severity.WARNING),
            Notices.nth(4, "disk-full", Severity.WARNING))) {
      told.add(dispatcher.channels(notice));
    }
    assertThat(told)
        .containsExactly(List.of(), List.of("one", "two"), List.of("two"), List.of("one", "two"));
    dispatcher.close(LONG);
  }

  @Test
  void inQuietHoursOnlyWhatMattersIsTold() {
    FakeChannel quiet = FakeChannel.good("quiet", Severity.INFO);
    FakeChannel loud = FakeChannel.good("loud", Severity.INFO);
    QuietHours night =
        new QuietHours(
            CalendarExpression.parse("10:00"),
            Duration.ofHours(9),
            Severity.CRITICAL,
            List.of("quiet"));
    Dispatcher dispatcher = dispatcher(alerts(List.of(), List.of(night)), quiet, loud);
    tell(dispatcher, Notices.nth(1, "disk-full", Severity.WARNING));
    tell(dispatcher, Notices.nth(2, "unit-failed", Severity.CRITICAL));
    await().until(() -> loud.delivered.size() == 2);
    await().until(() -> quiet.delivered.size() == 1);
    assertThat(quiet.delivered.get(0).first().incident().diagnosis()).isEqualTo("unit-failed");
    assertThat(dispatcher.tallies()).contains(new Tally("quiet", 1, 1, 0));
    dispatcher.close(LONG);
    assertThat(quiet.delivered).hasSize(1);
  }

  @Test
  void whatIsSilencedOrQuietIsRepeatedOnlyWherePeopleKnowOfIt() {
    FakeChannel quiet = FakeChannel.good("quiet", Severity.INFO);
    FakeChannel loud = FakeChannel.good("loud", Severity.INFO);
    QuietHours night =
        new QuietHours(
            CalendarExpression.parse("10:00"),
            Duration.ofHours(9),
            Severity.CRITICAL,
            List.of("quiet"));
    List<Route> routes = List.of(new Route(List.of("unit=worker9"), Severity.INFO, List.of()));
    Dispatcher dispatcher = dispatcher(alerts(routes, List.of(night)), quiet, loud);
    Notice notice = Notices.nth(1, "disk-full", Severity.WARNING);
    assertThat(dispatcher.mayRepeat("quiet", notice, false)).isFalse();
    assertThat(dispatcher.mayRepeat("loud", notice, true)).isFalse();
    assertThat(dispatcher.mayRepeat("loud", notice, false)).isTrue();
    assertThat(dispatcher.mayRepeat("loud", Notices.nth(9, "disk-full", Severity.WARNING), false))
        .isFalse();
    tell(dispatcher, notice);
    await().until(() -> dispatcher.tallies().contains(new Tally("loud", 0, 1, 0)));
    assertThat(dispatcher.mayRepeat("loud", notice, true)).isTrue();
    assertThat(dispatcher.mayRepeat("quiet", notice, true)).isFalse();
    dispatcher.close(LONG);
  }

  @Test
  void triesAgainUntilItIsDelivered() {
    FakeChannel channel =
        FakeChannel.failing(
            nth ->
                nth == 1
                    ? new DeliveryException("not now")
                    : nth < 4 ? new IllegalStateException("broken") : null);
    Lane lane = lane(channel);
    lane.add(Notices.opened());
    await().until(() -> lane.tally().equals(new Tally("fake", 0, 1, 0)));
    String key = Notices.opened().id();
    assertThat(channel.tries).hasValue(4);
    assertThat(kept).containsExactly("trying " + key, "delivered " + key + " in thread of " + key);
    lane.abandon();
  }

  @Test
  void whatFollowsIsToldInItsThread() {
    FakeChannel channel = FakeChannel.good("fake", Severity.INFO);
    Lane lane = lane(channel);
    lane.add(Notices.opened());
    await().until(() -> lane.tally().delivered() == 1);
    lane.add(Notices.exhausted());
    await().until(() -> lane.tally().delivered() == 2);
    assertThat(channel.delivered.get(1).thread()).isEqualTo("thread of " + Notices.opened().id());
    lane.abandon();
  }

  @Test
  void aThreadThatGoesOnElsewhereIsFollowed() {
    FakeChannel channel = FakeChannel.good("fake", Severity.INFO);
    Lane lane = new Lane(channel, AT_ONCE, each -> false, receipts, clock, MILLI);
    Unsent.Thread gone = new Unsent.Thread(FakeChannel.GONE, false);
    lane.start(List.of(), Map.of(Notices.opened().incident().id(), gone));
    for (Notice each : List.of(Notices.exhausted(), Notices.recovered())) {
      long before = lane.tally().delivered();
      lane.add(each);
      await().until(() -> lane.tally().delivered() > before);
    }
    assertThat(channel.delivered)
        .extracting(Letter::thread)
        .containsExactly(FakeChannel.GONE, "thread of " + Notices.exhausted().id());
    lane.abandon();
  }

  @Test
  void whatTheReceiverDoesNotWantIsGivenUpAtOnce() {
    FakeChannel channel =
        FakeChannel.failing(
            nth -> nth == 1 ? DeliveryException.forGood("550 no such user", null) : null);
    Lane lane = lane(channel);
    lane.add(Notices.nth(1, "disk-full", Severity.WARNING));
    await().until(() -> lane.tally().failed() == 1);
    lane.add(Notices.nth(2, "unit-failed", Severity.WARNING));
    await().until(() -> lane.tally().delivered() == 1);
    assertThat(kept).contains("given up 20261123-100000-1.0: 550 no such user");
    lane.abandon();
  }

  @Test
  void isTriedUntilItIsTooOld() {
    FakeChannel channel = FakeChannel.failing(nth -> new DeliveryException("not now"));
    Lane lane = lane(channel);
    lane.add(Notices.opened());
    await().until(() -> channel.tries.get() > 3);
    assertThat(lane.tally()).isEqualTo(new Tally("fake", 1, 0, 0, Notices.OPENED_AT, "not now"));
    lane.replace(channel, pace(Duration.ofNanos(1)), each -> false);
    await().until(() -> lane.tally().failed() == 1);
    lane.abandon();
  }

  /** The store has it too, and says so only when it was tried already. */
  @Test
  void whatIsTriedAlreadyIsNotTakenAgain() {
    FakeChannel channel = FakeChannel.failing(nth -> new DeliveryException("not now"));
    Lane lane = new Lane(channel, AT_ONCE, each -> false, receipts, clock, Duration.ofHours(1));
    Unsent.Item left = new Unsent.Item("fake", Notices.opened(), null);
    lane.start(List.of(left), Map.of());
    await().until(() -> channel.tries.get() == 1);
    lane.start(List.of(left), Map.of());
    assertThat(lane.tally()).returns(1, Tally::pending);
    assertThat(channel.tries).hasValue(1);
    lane.abandon();
  }

  /** As after long quiet hours, or where the host was down. */
  @Test
  void whatIsOldIsTriedForAsLongAsWhatIsNew() {
    FakeChannel channel =
        FakeChannel.failing(nth -> nth < 3 ? new DeliveryException("450 not now") : null);
    now = Notices.OPENED_AT.plus(Duration.ofDays(30));
    Lane lane = lane(channel);
    lane.add(Notices.opened());
    await().until(() -> lane.tally().equals(new Tally("fake", 0, 1, 0)));
    lane.abandon();
  }

  @Test
  void oneThatAlwaysFailsHoldsUpOnlyWhatFollowsIt() {
    String poison = Notices.nth(1, "disk-full", Severity.WARNING).incident().id();
    FakeChannel channel =
        FakeChannel.failingOn(letter -> letter.first().incident().id().equals(poison));
    Lane lane = lane(channel);
    lane.add(Notices.nth(1, "disk-full", Severity.WARNING));
    await().until(() -> channel.tries.get() > 1);
    lane.add(Notices.nthClosed(1, "disk-full", Severity.WARNING));
    for (int i = 2; i < 10; i++) {
      lane.add(Notices.nth(i, "diagnosis-" + i, Severity.WARNING));
    }
    await().until(() -> channel.delivered.size() == 8);
    assertThat(lane.tally()).returns(2, Tally::pending).returns(8L, Tally::delivered);
    lane.abandon();
  }

  private static DeliveryException refused() {
    return DeliveryException.forGood("550 no such user", null);
  }

  @Test
  void aChannelThatRefusesEveryLetterFailsUntilOneIsDelivered() {
    FakeChannel channel = FakeChannel.failing(nth -> nth < 3 ? refused() : null);
    Lane lane = lane(channel);
    assertThat(lane.failing()).isEmpty();
    for (int nth = 1; nth <= 2; nth++) {
      int failed = nth;
      lane.add(Notices.nth(nth, "disk-full", Severity.WARNING));
      await().until(() -> lane.tally().failed() == failed);
      assertThat(lane.failing().map(Failing::channel)).contains("fake");
      assertThat(lane.tally())
          .isEqualTo(new Tally("fake", 0, 0, nth, Notices.OPENED_AT, "550 no such user"));
    }
    lane.add(Notices.nth(3, "unit-failed", Severity.WARNING));
    await().until(() -> lane.tally().delivered() == 1);
    assertThat(lane.failing()).isEmpty();
    assertThat(lane.tally()).isEqualTo(new Tally("fake", 0, 1, 2));
    lane.abandon();
  }

  @Test
  void whatWasGivenUpAsTooOldIsStillNotDelivered() {
    FakeChannel channel = FakeChannel.failing(nth -> new DeliveryException("not now"));
    Lane lane = lane(channel);
    lane.add(Notices.opened());
    await().until(() -> channel.tries.get() > 1);
    lane.replace(channel, pace(Duration.ofNanos(1)), each -> false);
    await().until(() -> lane.tally().failed() == 1);
    assertThat(lane.failing()).isPresent();
    lane.abandon();
  }

  /** Whoever reloads has looked at it; but a letter that is tried still has to go. */
  @Test
  void aReloadForgivesWhatWasGivenUpAndNotWhatIsTriedStill() {
    FakeChannel channel =
        FakeChannel.failing(
            nth ->
                nth == 1
                    ? refused()
                    : DeliveryException.notBefore(Duration.ofHours(1), "not for an hour"));
    Lane lane = lane(channel);
    lane.add(Notices.nth(1, "disk-full", Severity.WARNING));
    await().until(() -> lane.tally().failed() == 1);
    lane.replace(channel, AT_ONCE, each -> false);
    assertThat(lane.failing()).isEmpty();
    lane.add(Notices.nth(2, "unit-failed", Severity.WARNING));
    await().until(() -> lane.failing().isPresent());
    lane.replace(channel, AT_ONCE, each -> false);
    assertThat(lane.failing()).isPresent();
    lane.abandon();
  }

  @Test
  void whatAlsoFailsWhileTheChannelIsDeadIsGivenUpAfterTheSameTime() {
    FakeChannel channel = FakeChannel.failing(nth -> new DeliveryException("refused"));
    Pace brief = pace(Duration.ofMillis(600));
    Lane lane = new Lane(channel, brief, each -> false, receipts, clock, MILLI);
    lane.start(List.of(), Map.of());
    for (int i = 0; i < 20; i++) {
      lane.add(Notices.nth(i, "diagnosis-" + i, Severity.WARNING));
    }
    await().atMost(Duration.ofSeconds(3)).until(() -> lane.tally().failed() == 20);
    lane.abandon();
  }

  @Test
  void aLaneWhoseThreadHasEndedFails() {
    Channel broken =
        new Channel() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public Severity atLeast() {
            return Severity.INFO;
          }

          @Override
          public String deliver(Letter letter) {
            throw new StackOverflowError("a bug");
          }
        };
    Lane lane = lane(broken);
    lane.add(Notices.opened());
    await().until(() -> lane.failing().isPresent());
    assertThat(lane.tally().problem())
        .isEqualTo("nothing is delivered any more: java.lang.StackOverflowError: a bug");
    lane.replace(broken, AT_ONCE, each -> false);
    assertThat(lane.failing()).isPresent();
    assertThat(lane.close()).succeedsWithin(LONG);
  }

  @Test
  void waitsForAsLongAsTheReceiverAsks() {
    Duration asked = Duration.ofMillis(300);
    FakeChannel channel =
        FakeChannel.failing(
            nth -> nth == 1 ? DeliveryException.notBefore(asked, "too many") : null);
    Lane lane = lane(channel);
    long began = System.nanoTime();
    lane.add(Notices.opened());
    await().until(() -> lane.tally().delivered() == 1);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(asked);
    lane.abandon();
  }

  @Test
  void isNotDelayedByAChannelThatHangs() {
    FakeChannel hanging = FakeChannel.hanging();
    FakeChannel good = FakeChannel.good("good", Severity.INFO);
    Dispatcher dispatcher = dispatcher(hanging, good);
    tell(dispatcher, Notices.opened());
    await().until(() -> good.delivered.size() == 1);
    dispatcher.close(Duration.ofMillis(50));
    assertThat(hanging.delivered).isEmpty();
  }

  @Test
  void atTheEndAllIsTriedOnceMoreAndTheRestIsLeftToTheNextStart() throws InterruptedException {
    FakeChannel channel = FakeChannel.failing(nth -> new DeliveryException("not now"));
    Lane lane = new Lane(channel, AT_ONCE, each -> false, receipts, clock, Duration.ofHours(1));
    lane.start(List.of(), Map.of());
    lane.add(Notices.nth(1, "disk-full", Severity.WARNING));
    await().until(() -> channel.tries.get() == 1);
    lane.add(Notices.nth(2, "unit-failed", Severity.WARNING));
    assertThat(lane.close().orTimeout(10, TimeUnit.SECONDS)).succeedsWithin(LONG);
    assertThat(channel.tries.get()).isGreaterThanOrEqualTo(2);
    assertThat(lane.tally()).returns(0L, Tally::delivered).returns(0L, Tally::failed);
    assertThat(kept).allMatch(each -> each.startsWith("trying"));
  }

  @Test
  void whoAskedForAPauseIsLeftAloneAtTheEndToo() {
    FakeChannel channel =
        FakeChannel.failing(
            nth -> DeliveryException.notBefore(Duration.ofHours(1), "not for an hour"));
    Lane lane = lane(channel);
    lane.add(Notices.nth(1, "disk-full", Severity.WARNING));
    await().until(() -> kept.size() == 1 && lane.failing().isPresent());
    lane.add(Notices.nth(2, "unit-failed", Severity.WARNING));
    assertThat(lane.close()).succeedsWithin(LONG);
    assertThat(channel.tries).hasValue(1);
    assertThat(lane.tally()).returns(2, Tally::pending);
  }

  @Test
  void takesNothingMoreOnceItIsClosed() {
    FakeChannel channel = FakeChannel.good("fake", Severity.INFO);
    Lane lane = lane(channel);
    assertThat(lane.close()).succeedsWithin(LONG);
    lane.add(Notices.opened());
    assertThat(lane.tally()).isEqualTo(new Tally("fake", 0, 0, 0));
  }

  @Test
  void beginsWithWhatAnEarlierRunLeft() {
    FakeChannel channel = FakeChannel.good("fake", Severity.INFO);
    Lane lane = new Lane(channel, AT_ONCE, each -> false, receipts, clock, MILLI);
    lane.add(Notices.nth(2, "disk-full", Severity.WARNING));
    Notice left = Notices.nth(1, "unit-failed", Severity.WARNING);
    lane.start(List.of(new Unsent.Item("fake", left, "a letter")), Map.of());
    await().until(() -> lane.tally().delivered() == 2);
    assertThat(channel.delivered)
        .extracting(Letter::key)
        .containsExactly("a letter", "20261123-100000-2.0");
    lane.abandon();
  }
}

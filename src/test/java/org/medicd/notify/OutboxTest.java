package org.medicd.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.medicd.config.Pace;
import org.medicd.plan.Notice;
import org.medicd.plan.Severity;
import org.medicd.plan.Unsent;

class OutboxTest {
  private static final int MOST_PER_MINUTE = 5;
  private static final Pace PACE =
      new Pace(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          MOST_PER_MINUTE,
          Duration.ZERO,
          Duration.ofHours(24));

  private boolean night;
  private final Outbox outbox = new Outbox(PACE, each -> night);
  private long now;

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private void add(Notice notice) {
    outbox.add(notice, now);
  }

  private Letter next() {
    return Objects.requireNonNull(outbox.take(now), "no letter is due").letter();
  }

  private void send(String thread) {
    outbox.delivered(next(), thread, now);
  }

  @Test
  void waitsForOthersOfTheSameCause() {
    add(Notices.nth(1, "unit-failed", Severity.CRITICAL));
    assertThat(outbox.dueNanos(now)).isEqualTo(now + Duration.ofSeconds(5).toNanos());
    pass(Duration.ofMillis(4_999));
    assertThat(outbox.take(now)).isNull();
    for (int i = 2; i <= 50; i++) {
      add(Notices.nth(i, "unit-failed", Severity.CRITICAL));
    }
    add(Notices.nth(51, "disk-full", Severity.CRITICAL));
    pass(Duration.ofMillis(1));
    assertThat(next().notices()).hasSize(50);
    assertThat(outbox.take(now)).isNull();
    pass(Duration.ofSeconds(5));
    assertThat(next().isOfOne()).isTrue();
    assertThat(outbox.size()).isZero();
    assertThat(outbox.dueNanos(now)).isEqualTo(Outbox.NEVER);
  }

  @Test
  void whatFollowsIsToldAtOnceInItsThread() {
    add(Notices.nth(1, "unit-failed", Severity.WARNING));
    pass(Duration.ofSeconds(5));
    send("first");
    add(Notices.nthClosed(1, "unit-failed", Severity.WARNING));
    assertThat(next())
        .returns("first", Letter::thread)
        .returns(Notice.Kind.CLOSED, letter -> letter.first().kind());
  }

  @Test
  void ofAGroupIsHeardOncePerInterval() {
    add(Notices.nth(1, "unit-failed", Severity.WARNING));
    add(Notices.nth(2, "unit-failed", Severity.WARNING));
    pass(Duration.ofSeconds(5));
    send("first");
    add(Notices.nthClosed(1, "unit-failed", Severity.WARNING));
    pass(Duration.ofMinutes(4));
    assertThat(outbox.take(now)).isNull();
    add(Notices.nthClosed(2, "unit-failed", Severity.WARNING));
    pass(Duration.ofMinutes(1));
    Letter both = next();
    assertThat(both.thread()).isEqualTo("first");
    assertThat(both.notices()).hasSize(2);
    assertThat(both.over()).isTrue();
  }

  @Test
  void aGroupIsOverOnceAllOfItAre() {
    add(Notices.nth(1, "unit-failed", Severity.WARNING));
    add(Notices.nth(2, "unit-failed", Severity.WARNING));
    pass(Duration.ofSeconds(5));
    send("first");
    add(Notices.nthClosed(1, "unit-failed", Severity.WARNING));
    pass(Duration.ofMinutes(5));
    Letter one = next();
    assertThat(one.over()).isFalse();
    outbox.delivered(one, "second", now);
    add(Notices.nthClosed(2, "unit-failed", Severity.WARNING));
    pass(Duration.ofMinutes(5));
    assertThat(next().over()).isTrue();
  }

  @Test
  void whatMatteredMostIsToldOfHowItIsNow() {
    add(Notices.opened());
    add(Notices.exhausted());
    pass(Duration.ofSeconds(5));
    Letter letter = next();
    assertThat(letter.covers()).hasSize(2);
    assertThat(letter.isOfOne()).isTrue();
    assertThat(letter.first())
        .returns(Notice.Kind.EXHAUSTED, Notice::kind)
        .returns(Notices.exhausted().incident(), Notice::incident);
  }

  @Test
  void asManyAsAMinuteMayHaveGoAtOnceAndTheNextWaits() {
    for (int i = 0; i < MOST_PER_MINUTE; i++) {
      add(Notices.nth(i, "diagnosis-" + i, Severity.WARNING));
    }
    pass(Duration.ofSeconds(5));
    for (int i = 0; i < MOST_PER_MINUTE; i++) {
      send("thread " + i);
    }
    add(Notices.nth(100, "one-more", Severity.WARNING));
    pass(Duration.ofSeconds(59));
    assertThat(outbox.take(now)).isNull();
    assertThat(outbox.dueNanos(now)).isEqualTo(now + Duration.ofSeconds(1).toNanos());
    pass(Duration.ofSeconds(1));
    assertThat(next().isOfOne()).isTrue();
  }

  @Test
  void moreCausesThanThatAreADigestAtTheEndOfTheMinute() {
    for (int i = 0; i <= MOST_PER_MINUTE; i++) {
      add(Notices.nth(i, "diagnosis-" + i, Severity.WARNING));
    }
    assertThat(outbox.dueNanos(now)).isEqualTo(now + Duration.ofMinutes(1).toNanos());
    pass(Duration.ofSeconds(59));
    assertThat(outbox.take(now)).isNull();
    pass(Duration.ofSeconds(1));
    Letter digest = next();
    assertThat(digest.digest()).isTrue();
    assertThat(digest.incidents()).isEqualTo(MOST_PER_MINUTE + 1);
    outbox.delivered(digest, "digest", now);
    add(Notices.nthClosed(3, "diagnosis-3", Severity.WARNING));
    pass(Duration.ofMinutes(5));
    assertThat(next().thread()).isEqualTo("digest");
  }

  @Test
  void tenThousandInAMinuteAreOneDigestAndLittleMemory() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(outbox.take(now)).isNull();
      add(Notices.nth(i, "diagnosis-" + i % 7, Severity.WARNING));
      pass(Duration.ofMillis(6));
    }
    Letter digest = next();
    assertThat(digest.digest()).isTrue();
    assertThat(digest.notices()).hasSize(Backlog.MOST);
    assertThat(digest.incidents()).isEqualTo(10_000);
    assertThat(digest.covers()).hasSize(10_000).doesNotHaveDuplicates();
    assertThat(outbox.size()).isZero();
  }

  @Test
  void aLetterThatWasTriedBeforeIsMadeUpAlike() {
    Notice first = Notices.nth(1, "unit-failed", Severity.WARNING);
    Notice second = Notices.nth(2, "unit-failed", Severity.WARNING);
    add(first);
    add(second);
    pass(Duration.ofSeconds(5));
    Letter tried = next();

    Outbox later = new Outbox(PACE, each -> false);
    later.add(Notices.nth(3, "unit-failed", Severity.WARNING), now);
    later.restore(
        List.of(
            new Unsent.Item("fake", first, tried.key()),
            new Unsent.Item("fake", second, tried.key())),
        Map.of(),
        now);
    assertThat(Objects.requireNonNull(later.take(now)).letter()).isEqualTo(tried);
    assertThat(later.size()).isEqualTo(1);
  }

  @Test
  void knowsTheThreadsOfAnEarlierRun() {
    Notice closed = Notices.nthClosed(1, "unit-failed", Severity.WARNING);
    outbox.restore(
        List.of(), Map.of(closed.incident().id(), new Unsent.Thread("first", false)), now);
    add(closed);
    assertThat(next().thread()).isEqualTo("first");
  }

  @Test
  void whoEndsTakesAllWithoutWaiting() {
    add(Notices.nth(1, "unit-failed", Severity.WARNING));
    add(Notices.nth(2, "disk-full", Severity.WARNING));
    List<Letter> letters = new ArrayList<>();
    for (Attempt each = outbox.takeAny(now); each != null; each = outbox.takeAny(now)) {
      letters.add(each.letter());
    }
    assertThat(letters).hasSize(2);
  }

  @Test
  void whatIsQuietIsToldAfterwards() {
    night = true;
    add(Notices.nth(1, "unit-failed", Severity.WARNING));
    pass(Duration.ofHours(8));
    assertThat(outbox.take(now)).isNull();
    assertThat(outbox.takeAny(now)).isNull();
    assertThat(outbox.dueNanos(now)).isEqualTo(now + Duration.ofSeconds(30).toNanos());
    night = false;
    assertThat(next().isOfOne()).isTrue();
  }

  /** The disk was asked what an earlier run left, and had what this one added already. */
  @Test
  void whatIsThereTwiceIsToldOnce() {
    Notice notice = Notices.nth(1, "unit-failed", Severity.WARNING);
    add(notice);
    outbox.restore(List.of(new Unsent.Item("fake", notice, null)), Map.of(), now);
    pass(Duration.ofSeconds(5));
    assertThat(next().covers()).containsExactly(notice.id());
  }

  @Test
  void aStormIsADigestAtTheEndOfTheDaemonToo() {
    for (int i = 0; i <= MOST_PER_MINUTE; i++) {
      add(Notices.nth(i, "diagnosis-" + i, Severity.WARNING));
    }
    Letter letter = Objects.requireNonNull(outbox.takeAny(now)).letter();
    assertThat(letter.digest()).isTrue();
    assertThat(outbox.size()).isZero();
  }

  @Test
  void whoIsToldOfInADigestIsNoLongerPartOfItsGroup() {
    add(Notices.nth(0, "unit-failed", Severity.WARNING));
    add(Notices.nth(100, "unit-failed", Severity.WARNING));
    pass(Duration.ofSeconds(5));
    send("group");
    pass(Duration.ofMinutes(10));
    add(Notices.nthClosed(100, "unit-failed", Severity.WARNING));
    for (int i = 1; i <= MOST_PER_MINUTE; i++) {
      add(Notices.nth(i, "diagnosis-" + i, Severity.WARNING));
    }
    pass(Duration.ofMinutes(1));
    Letter digest = next();
    assertThat(digest.emptied()).isEmpty(); // one of the group is open
    outbox.delivered(digest, "digest", now);
    add(Notices.nthClosed(0, "unit-failed", Severity.WARNING));
    assertThat(next())
        .returns("group", Letter::thread)
        .returns(true, Letter::over)
        .returns(List.of(), Letter::emptied);
  }

  @Test
  void aDigestTellsWhichThreadsItEmpties() {
    add(Notices.nth(100, "unit-failed", Severity.WARNING));
    pass(Duration.ofSeconds(5));
    send("closed here");
    add(Notices.nth(101, "disk-full", Severity.WARNING));
    pass(Duration.ofSeconds(5));
    send("told of here from now on");
    pass(Duration.ofMinutes(10));
    add(Notices.nthClosed(100, "unit-failed", Severity.WARNING));
    add(Notices.nth(101, "disk-full", Severity.WARNING));
    for (int i = 1; i <= MOST_PER_MINUTE; i++) {
      add(Notices.nth(i, "diagnosis-" + i, Severity.WARNING));
    }
    pass(Duration.ofMinutes(1));
    assertThat(next().emptied()).containsExactly("closed here", "told of here from now on");
  }

  @Test
  void aCauseThatGoesOnIsToldInOneThreadLessAndLessOften() {
    List<Long> seconds = new ArrayList<>();
    int told = 0;
    for (int second = 0; second < 60; second++) {
      add(Notices.nth(second, "unit-failed", Severity.WARNING));
      pass(Duration.ofSeconds(1));
      Attempt due = outbox.take(now);
      if (due != null) {
        assertThat(due.letter().thread()).isEqualTo(seconds.isEmpty() ? null : "one");
        seconds.add(second + 1L);
        told += due.letter().incidents();
        outbox.delivered(due.letter(), "one", now);
      }
    }
    assertThat(seconds).containsExactly(5L, 15L, 35L);
    pass(Duration.ofSeconds(40));
    Letter last = next();
    assertThat(last.thread()).isEqualTo("one");
    assertThat(told + last.incidents()).isEqualTo(60);
  }

  @Test
  void aCauseThatWasCalmForLongBeginsAThreadOfItsOwn() {
    add(Notices.nth(1, "unit-failed", Severity.WARNING));
    add(Notices.nth(3, "unit-failed", Severity.WARNING));
    pass(Duration.ofSeconds(5));
    send("first");
    pass(PACE.groupInterval());
    add(Notices.nth(2, "unit-failed", Severity.WARNING));
    pass(Duration.ofSeconds(5));
    assertThat(next().thread()).isNull();
  }

  /** A message about one stays about that one. */
  @Test
  void theThreadOfASingleIncidentIsNotJoined() {
    add(Notices.nth(1, "unit-failed", Severity.WARNING));
    pass(Duration.ofSeconds(5));
    send("first");
    add(Notices.nth(2, "unit-failed", Severity.WARNING));
    pass(Duration.ofSeconds(5));
    assertThat(next().thread()).isNull();
  }

  @Test
  void whatIsOverIsNotJoined() {
    add(Notices.nth(1, "unit-failed", Severity.WARNING));
    add(Notices.nth(3, "unit-failed", Severity.WARNING));
    pass(Duration.ofSeconds(5));
    send("first");
    add(Notices.nthClosed(1, "unit-failed", Severity.WARNING));
    add(Notices.nthClosed(3, "unit-failed", Severity.WARNING));
    pass(PACE.groupInterval());
    send("first");
    add(Notices.nth(2, "unit-failed", Severity.WARNING));
    pass(Duration.ofSeconds(5));
    assertThat(next().thread()).isNull();
  }

  @Test
  void whatCallsForAPersonDoesNotWaitForItsGroup() {
    add(Notices.nth(1, "unit-failed", Severity.WARNING));
    add(Notices.nth(2, "unit-failed", Severity.WARNING));
    pass(Duration.ofSeconds(5));
    send("first");
    pass(Duration.ofSeconds(5));
    for (int i = 1; i <= 2; i++) {
      Notice asked = Notices.nth(i, "unit-failed", Severity.WARNING);
      add(Notices.of(Notice.Kind.ASKED, asked.incident()));
      if (i == 1) {
        Letter first = next();
        assertThat(first).returns("first", Letter::thread).returns(true, Letter::isOfOne);
        outbox.delivered(first, "first", now);
      }
    }
    assertThat(outbox.take(now)).isNull();
    pass(Duration.ofSeconds(5));
    assertThat(next().isOfOne()).isTrue();
  }

  @Test
  void onlyWhatFollowsALetterThatFailedWaitsForIt() {
    add(Notices.nth(1, "unit-failed", Severity.WARNING));
    pass(Duration.ofSeconds(5));
    Attempt failed = Objects.requireNonNull(outbox.take(now)).failed(now);
    long again = now + Duration.ofMinutes(1).toNanos();
    outbox.retry(failed.again(again));
    add(Notices.nthClosed(1, "unit-failed", Severity.WARNING));
    add(Notices.nth(2, "disk-full", Severity.WARNING));
    pass(Duration.ofSeconds(5));
    assertThat(next().first().incident().diagnosis()).isEqualTo("disk-full");
    assertThat(outbox.take(now)).isNull();
    pass(Duration.ofSeconds(55));
    send("first");
    assertThat(next()).returns("first", Letter::thread).returns(true, Letter::over);
  }

  @Test
  void whereManyFailNothingElseIsTried() {
    for (int i = 0; i <= Retries.MOST; i++) {
      add(Notices.nth(i, "diagnosis-" + i, Severity.WARNING));
    }
    pass(Duration.ofSeconds(5));
    long again = now + Duration.ofMinutes(1).toNanos();
    for (int i = 0; i < Retries.MOST; i++) {
      outbox.retry(Objects.requireNonNull(outbox.take(now)).failed(now).again(again));
    }
    assertThat(outbox.take(now)).isNull();
    assertThat(outbox.dueNanos(now)).isEqualTo(again);
    assertThat(outbox.size()).isEqualTo(Retries.MOST + 1);
    outbox.hurry(now);
    send("first");
    assertThat(next().first().incident().diagnosis()).isEqualTo("diagnosis-1");
  }

  @Test
  void anIncidentOfAStormIsCountedOnceAndItsNoticesAreBounded() {
    for (int i = 0; i < 10_000; i++) {
      add(Notices.nth(i, "disk-full", Severity.WARNING));
    }
    for (int i = 0; i < 10_000; i++) {
      add(Notices.nthClosed(i, "disk-full", Severity.WARNING));
    }
    for (int i = 10_000; i < 20_000; i++) {
      add(Notices.nth(i, "disk-full", Severity.WARNING));
    }
    assertThat(outbox.takeForgotten()).isNotEmpty();
    assertThat(outbox.takeForgotten()).isEmpty();
    assertThat(outbox.size()).isEqualTo(30_000);
    pass(Duration.ofMinutes(1));
    Letter digest = next();
    assertThat(digest.incidents()).isEqualTo(20_000);
    assertThat(digest.covers()).hasSizeLessThanOrEqualTo(Backlog.MOST_COUNTED + Backlog.MOST);
  }

  @Test
  void aDigestThatWasTriedBeforeIsMadeUpAlike() {
    List<Unsent.Item> left = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      Notice notice = Notices.nth(i, "diagnosis-" + i % 7, Severity.WARNING);
      add(notice);
      left.add(new Unsent.Item("fake", notice, "the digest"));
    }
    pass(Duration.ofMinutes(1));
    Letter tried = next();
    Outbox later = new Outbox(PACE, each -> false);
    later.restore(left, Map.of(), now);
    Letter again = Objects.requireNonNull(later.take(now)).letter();
    assertThat(again).usingRecursiveComparison().ignoringFields("key").isEqualTo(tried);
    assertThat(again.key()).isEqualTo("the digest");
  }
}

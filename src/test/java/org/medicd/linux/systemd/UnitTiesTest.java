package org.medicd.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.medicd.collect.FakeClock;
import org.medicd.fact.Unit;

class UnitTiesTest {
  private final FakeClock clock = new FakeClock();
  private final UnitChanges changes = new UnitChanges(() -> {});
  private final FakeBus bus = new FakeBus();
  private final UnitTies ties = new UnitTies(bus, Duration.ofSeconds(1), changes);

  private Unit.Ties of(String name) {
    Map<String, Unit.Ties> all = ties.round(Set.of(name), changes.take(), clock.getAsLong());
    return Objects.requireNonNullElse(all.get(name), Unit.Ties.UNKNOWN);
  }

  private static Unit.Ties ties(List<String> restarts, List<String> stops, List<String> rivals) {
    return new Unit.Ties(restarts, stops, rivals);
  }

  @Test
  void whatHangsOnOneIsFollowedToItsEnd() {
    bus.has("db.service", "active").has("web.service", "active").has("page.service", "reloading");
    bus.has("batch.service", "active").has("app.target", "active").has("late.service", "active");
    bus.requires("web.service", "db.service").requires("page.service", "web.service");
    bus.stopsWith("batch.service", "db.service").requires("late.service", "batch.service");
    bus.requires("app.target", "page.service");
    assertThat(of("db.service"))
        .isEqualTo(
            ties(
                List.of("app.target", "page.service", "web.service"),
                List.of(
                    "app.target", "batch.service", "late.service", "page.service", "web.service"),
                List.of()));
    assertThat(of("app.target")).isEqualTo(Unit.Ties.NONE);
  }

  @Test
  void whoIsDownAlreadyIsNotNamedAndWhoHangsOnItIs() {
    bus.has("db.service", "active").has("web.service", "failed").has("page.service", "active");
    bus.has("idle.service", "inactive").requires("idle.service", "db.service");
    bus.requires("web.service", "db.service").requires("page.service", "web.service");
    assertThat(of("db.service").stopsToo()).containsExactly("page.service");
  }

  @Test
  void whoseStartStopsWhom() {
    bus.has("new.service", "failed").has("old.service", "active").has("page.service", "active");
    bus.has("shutdown.target", "inactive").conflicts("new.service", "shutdown.target");
    bus.conflicts("new.service", "old.service").requires("page.service", "old.service");
    assertThat(of("new.service"))
        .isEqualTo(ties(List.of(), List.of(), List.of("old.service", "page.service")));
    assertThat(of("old.service").startStops()).as("who is down can be stopped no more").isEmpty();
  }

  @Test
  void unitsThatHangOnEachOtherHaveAnEnd() {
    bus.has("a.service", "active").has("b.service", "active");
    bus.requires("a.service", "b.service").requires("b.service", "a.service");
    assertThat(of("a.service").stopsToo()).containsExactly("b.service");
  }

  @Test
  void eachIsReadOnceAndAgainWhenItHasChanged() {
    bus.has("db.service", "active").has("web.service", "active");
    bus.requires("web.service", "db.service");
    of("db.service");
    assertThat(bus.takeAsked()).containsExactly("follow", "links db.service", "links web.service");
    for (int i = 0; i < 100; i++) {
      clock.advance(Duration.ofSeconds(1));
      of("db.service");
    }
    assertThat(bus.takeAsked()).isEmpty();

    bus.has("web.service", "failed");
    bus.tell().changed("web.service");
    bus.tell().changed("other.service");
    assertThat(of("db.service").stopsToo()).isEmpty();
    assertThat(bus.takeAsked()).containsExactly("links web.service");
  }

  @Test
  void whoIsLoadedAndHangsOnItIsSeen() {
    bus.has("db.service", "active").has("stranger.service", "active");
    of("db.service");
    bus.takeAsked();
    bus.has("web.service", "active").requires("web.service", "db.service");
    bus.tell().appeared("stranger.service");
    bus.tell().appeared("web.service");
    assertThat(of("db.service").stopsToo()).containsExactly("web.service");
    assertThat(bus.takeAsked())
        .containsExactlyInAnyOrder(
            "links stranger.service", "links web.service", "links db.service", "links web.service");
    assertThat(of("db.service").stopsToo()).containsExactly("web.service");
    assertThat(bus.takeAsked()).isEmpty();
  }

  @Test
  void whoIsUnloadedHangsOnNothingAndIsNotLoadedAgain() {
    bus.has("db.service", "active").has("web.service", "active");
    bus.requires("web.service", "db.service");
    of("db.service");
    bus.takeAsked();
    bus.forgetsLinks("db.service");
    bus.tell().gone("web.service");
    assertThat(of("db.service").stopsToo()).isEmpty();
    assertThat(bus.takeAsked()).containsExactly("links db.service");
  }

  @Test
  void afterAReloadAllIsReadAnew() {
    bus.has("db.service", "active").has("web.service", "active");
    of("db.service");
    bus.takeAsked();
    clock.advance(Duration.ofSeconds(3));
    bus.requires("web.service", "db.service");
    bus.tell().unsure();
    assertThat(of("db.service").stopsToo()).containsExactly("web.service");
    assertThat(bus.takeAsked()).startsWith("follow", "links db.service");
  }

  @Test
  void whoeverShoutsReloadDoesNotKeepItFromKnowing() {
    bus.has("db.service", "active").has("web.service", "active");
    bus.requires("web.service", "db.service");
    of("db.service");
    bus.takeAsked();
    for (int i = 0; i < 40; i++) {
      clock.advance(Duration.ofMillis(100));
      bus.tell().unsure();
      assertThat(of("db.service").stopsToo()).containsExactly("web.service");
    }
    assertThat(bus.takeAsked()).filteredOn("follow"::equals).hasSize(2);
  }

  @Test
  void ofVeryManySomeAreReadAtATimeAndNothingIsToldBefore() {
    bus.has("db.service", "active");
    for (int i = 0; i < 120; i++) {
      bus.has("w" + i + ".service", "active").requires("w" + i + ".service", "db.service");
    }
    assertThat(of("db.service").stopsToo()).isNull();
    assertThat(ties.isBusy()).isTrue();
    assertThat(bus.takeAsked()).hasSize(1 + 50);
    assertThat(of("db.service").stopsToo()).isNull();
    assertThat(of("db.service").stopsToo()).hasSize(120);
    assertThat(ties.isBusy()).isFalse();
    assertThat(bus.takeAsked()).hasSize(1 + 120 - 50);
  }

  @Test
  void whileTheBusIsSilentNothingIsKnown() {
    bus.has("db.service", "active");
    assertThat(of("db.service").stopsToo()).isEmpty();
    bus.isSilent(true);
    bus.tell().changed("db.service");
    assertThat(of("db.service")).isEqualTo(Unit.Ties.UNKNOWN);
    bus.isSilent(false);
    assertThat(of("db.service").stopsToo()).isEmpty();
  }

  @Test
  void whileNobodyIsWatchedNothingIsAsked() {
    bus.has("db.service", "active");
    of("db.service");
    bus.takeAsked();
    bus.tell().appeared("db.service");
    assertThat(ties.round(Set.of(), changes.take(), clock.getAsLong())).isEmpty();
    assertThat(bus.takeAsked()).isEmpty();
  }

  @Test
  void whoIsNotThereHangsOnNothing() {
    bus.has("db.service", "active").requires("gone.service", "db.service");
    assertThat(of("db.service").stopsToo()).isEmpty();
  }
}

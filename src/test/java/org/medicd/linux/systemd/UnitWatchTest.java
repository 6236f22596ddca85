package org.medicd.linux.systemd;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medicd.fact.Gap;
import org.medicd.fact.Unit;
import org.medicd.linux.systemd.SystemdException.Kind;

@Timeout(10)
@Tag("once")
class UnitWatchTest {
  private static final Duration NEVER = Duration.ofHours(1);

  @Test
  void readsAUnitAtOnceWhenItIsFirstWatched() {
    try (UnitWatch watch = new UnitWatch((name, limit) -> active(name), NEVER, ofSeconds(1))) {
      watch.watch(Set.of("a.service"));
      await().until(() -> watch.current().containsKey("a.service"));
      assertThat(watch.gaps()).isEmpty();
    }
  }

  @Test
  void readsAgainEachPeriod() {
    List<String> asked = new CopyOnWriteArrayList<>();
    UnitReader counting =
        (name, limit) -> {
          asked.add(name);
          return active(name);
        };
    try (UnitWatch watch = new UnitWatch(counting, ofMillis(5), ofSeconds(1))) {
      watch.watch(Set.of("a.service"));
      await().until(() -> asked.size() >= 3);
    }
  }

  @Test
  void aUnitThatThereIsNotIsTold() {
    UnitReader reader =
        (name, limit) -> {
          throw new SystemdException(Kind.NO_SUCH_UNIT, "no a");
        };
    try (UnitWatch watch = new UnitWatch(reader, NEVER, ofSeconds(1))) {
      watch.watch(Set.of("a.service"));
      await().until(() -> watch.current().containsKey("a.service"));
      assertThat(watch.current().get("a.service")).matches(Unit::isMissing);
      assertThat(watch.gaps()).containsExactly(new Gap("unit", "a.service", "no a"));
    }
  }

  @Test
  void saysWhyAUnitIsAbsentAndReadsTheOthers() {
    UnitReader reader =
        (name, limit) -> {
          if (name.equals("a.service")) {
            throw new SystemdException(Kind.REFUSED, "no a");
          }
          return active(name);
        };
    try (UnitWatch watch = new UnitWatch(reader, NEVER, ofSeconds(1))) {
      watch.watch(Set.of("a.service", "b.service"));
      await().until(() -> watch.current().containsKey("b.service"));
      assertThat(watch.current()).doesNotContainKey("a.service");
      assertThat(watch.gaps()).containsExactly(new Gap("unit", "a.service", "no a"));
    }
  }

  @Test
  void asksNobodyElseWhenSystemdIsSilent() {
    List<String> asked = new CopyOnWriteArrayList<>();
    UnitReader silent =
        (name, limit) -> {
          asked.add(name);
          throw new SystemdException(Kind.TIMED_OUT, "silence");
        };
    try (UnitWatch watch = new UnitWatch(silent, NEVER, ofSeconds(1))) {
      watch.watch(Set.of("a.service", "b.service"));
      await().until(() -> watch.gaps().size() == 2);
      assertThat(asked).containsExactly("a.service");
      assertThat(watch.gaps()).contains(new Gap("unit", "b.service", "silence"));
    }
  }

  @Test
  void goesOnAfterABug() {
    List<String> asked = new CopyOnWriteArrayList<>();
    UnitReader buggy =
        (name, limit) -> {
          asked.add(name);
          if (asked.size() == 1) {
            throw new IllegalStateException("bug");
          }
          return active(name);
        };
    try (UnitWatch watch = new UnitWatch(buggy, ofMillis(5), ofSeconds(1))) {
      watch.watch(Set.of("a.service"));
      await().until(() -> watch.current().containsKey("a.service"));
    }
  }

  @Test
  void doesNotMakeItsCallersWait() {
    CountDownLatch stuck = new CountDownLatch(1);
    UnitReader hanging =
        (name, limit) -> {
          try {
            stuck.await();
          } catch (InterruptedException e) {
            throw new SystemdException(Kind.TIMED_OUT, "interrupted");
          }
          return active(name);
        };
    try (UnitWatch watch = new UnitWatch(hanging, ofMillis(5), ofSeconds(1))) {
      watch.watch(Set.of("a.service"));
      assertThat(watch.current()).isEmpty();
      assertThat(watch.gaps()).isEmpty();
    }
  }

  @Test
  void asksForNothingUntilARuleDoes() {
    FakeBus bus = new FakeBus().has("a.service", "active");
    try (UnitWatch watch = new UnitWatch(bus, ofMillis(5), ofSeconds(1))) {
      watch.watch(Set.of("b.service"));
      await().until(() -> bus.takeAsked().contains("unit b.service"));
      assertThat(watch.current().keySet()).isSubsetOf("b.service");

      watch.follow(true);
      await().until(() -> watch.current().containsKey("a.service"));
      watch.follow(false);
      await().until(() -> watch.current().keySet().equals(Set.of("b.service")));
    }
  }

  @Test
  void tellsOfASignalWithinATick() {
    FakeBus bus = new FakeBus().has("a.service", "active");
    try (UnitWatch watch = new UnitWatch(bus, NEVER, ofSeconds(1))) {
      watch.follow(true);
      await().until(() -> watch.current().containsKey("a.service"));
      bus.has("a.service", "failed");
      bus.tell().changed("a.service");
      await().atMost(ofSeconds(1)).until(() -> isIn("failed", watch));
    }
  }

  @Test
  void looksAtAWatchedUnitEachPeriodWhetherSignalledOrNot() {
    FakeBus bus = new FakeBus().has("a.service", "active");
    try (UnitWatch watch = new UnitWatch(bus, ofMillis(5), ofSeconds(1))) {
      watch.follow(true);
      watch.watch(Set.of("a.service"));
      await().until(() -> watch.current().containsKey("a.service"));
      bus.has("a.service", "failed");
      await().until(() -> isIn("failed", watch));
    }
  }

  @Test
  void neverTellsOneUnitTwice() {
    FakeBus bus = new FakeBus().has("a.service", "active").has("s.socket", "active");
    try (UnitWatch watch = new UnitWatch(bus, NEVER, ofSeconds(1))) {
      watch.follow(true);
      await().until(() -> watch.current().containsKey("a.service"));
      assertThat(watch.beside(Set.of())).extracting(Unit::name).containsExactly("s.socket");
      assertThat(watch.current()).containsOnlyKeys("a.service");

      bus.tell().changed("s.socket");
      await().until(() -> bus.takeAsked().contains("loaded s.socket"));
      assertThat(watch.current()).containsOnlyKeys("a.service");
      await().until(() -> watch.beside(Set.of()).isEmpty());
      assertThat(watch.current()).containsOnlyKeys("a.service", "s.socket");
    }
  }

  @Test
  void takesUnitsWithProcessesForActiveWhereTheBusIsSilent() {
    FakeBus bus = new FakeBus().has("a.service", "active");
    bus.isSilent(true);
    try (UnitWatch watch = new UnitWatch(bus, ofMillis(5), ofSeconds(1))) {
      watch.follow(true);
      await().until(() -> !watch.gaps().isEmpty());
      List<Unit> units = watch.beside(Set.of("a.service", "user@1.service", "init.scope"));
      assertThat(units)
          .extracting(Unit::name)
          .containsExactlyInAnyOrder("a.service", "user@1.service");
      assertThat(units).contains(Unit.inState("a.service", "active", "unknown", "cgroups", null));
      assertThat(watch.beside(Set.of("a.service")).get(0))
          .isSameAs(watch.beside(Set.of("a.service")).get(0));
      assertThat(watch.current()).isEmpty();
      assertThat(watch.gaps())
          .containsExactly(
              new Gap(
                  "unit",
                  "all units",
                  "those with processes are taken for active: the bus is silent: silence"));

      bus.isSilent(false);
      await().until(() -> watch.beside(Set.of("a.service")).isEmpty());
      assertThat(watch.current()).containsKey("a.service");
      assertThat(watch.gaps()).isEmpty();
    }
  }

  @Test
  void aWatchedUnitTellsWhatGoesWithItThoughNoRuleAsks() {
    FakeBus bus = new FakeBus().has("db.service", "active").has("web.service", "active");
    bus.requires("web.service", "db.service");
    try (UnitWatch watch = new UnitWatch(bus, NEVER, ofSeconds(1))) {
      watch.watch(Set.of("db.service"));
      await().until(() -> watch.current().containsKey("db.service"));
      assertThat(watch.current()).containsOnlyKeys("db.service");
      assertThat(stopsToo(watch)).containsExactly("web.service");

      bus.has("web.service", "inactive");
      bus.tell().changed("web.service");
      await().until(() -> List.of().equals(stopsToo(watch)));
    }
  }

  @Test
  void onesThatNoIncidentIsAboutTellNothingOfIt() {
    FakeBus bus = new FakeBus().has("db.service", "active").has("web.service", "active");
    bus.requires("web.service", "db.service");
    try (UnitWatch watch = new UnitWatch(bus, ofMillis(5), ofSeconds(1))) {
      watch.follow(true);
      watch.watch(Set.of("db.service"));
      await().until(() -> List.of("web.service").equals(stopsToo(watch)));
      watch.watch(Set.of("web.service"));
      await().until(() -> stopsToo(watch) == null);
      assertThat(watch.current()).containsOnlyKeys("db.service", "web.service");
    }
  }

  private static @Nullable List<String> stopsToo(UnitWatch watch) {
    Unit unit = watch.current().get("db.service");
    return unit == null ? null : unit.ties().stopsToo();
  }

  private static boolean isIn(String state, UnitWatch watch) {
    Unit unit = watch.current().get("a.service");
    return unit != null && unit.activeState().equals(state);
  }

  private static Unit active(String name) {
    return new Unit(name, "active", "running", "success", "exec", 7, "ab", null, true, 0);
  }
}

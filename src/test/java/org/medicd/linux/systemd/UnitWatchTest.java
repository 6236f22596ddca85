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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medicd.fact.Gap;
import org.medicd.fact.Unit;
import org.medicd.linux.systemd.SystemdException.Kind;

@Timeout(10)
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
  void saysWhyAUnitIsAbsentAndReadsTheOthers() {
    UnitReader reader =
        (name, limit) -> {
          if (name.equals("a.service")) {
            throw new SystemdException(Kind.NO_SUCH_UNIT, "no a");
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

  private static Unit active(String name) {
    return new Unit(name, "active", "running", "success", "exec", 7, "ab", null, true, 0);
  }
}

package org.medicd.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.medicd.collect.FakeClock;
import org.medicd.fact.Unit;

class AllUnitsTest {
  private final FakeClock clock = new FakeClock();
  private final FakeBus bus = new FakeBus();
  private final AtomicInteger woken = new AtomicInteger();
  private final UnitChanges changes = new UnitChanges(woken::incrementAndGet);
  private final AllUnits all = new AllUnits(bus, Duration.ofSeconds(1), changes);

  @Test
  void listsOnceAndReadsInFullWhatRunsOrFailed() {
    bus.has("a.service", "active").has("f.service", "failed").has("i.service", "inactive");
    bus.has("s.socket", "active").has("x.slice", "active").has("d.device", "active");
    round();

    assertThat(all.read()).containsOnlyKeys("a.service", "f.service");
    assertThat(all.listed()).containsOnlyKeys("i.service", "s.socket");
    assertThat(all.listed().get("s.socket"))
        .isEqualTo(Unit.inState("s.socket", "active", "x", "list", "loaded"));
    assertThat(bus.takeAsked())
        .containsExactlyInAnyOrder("follow", "list", "loaded a.service", "loaded f.service");
  }

  @Test
  void asksNothingWhileNothingHappens() {
    bus.has("a.service", "active");
    round();
    bus.takeAsked();
    for (int second = 0; second < 290; second++) {
      clock.advance(Duration.ofSeconds(1));
      round();
    }
    assertThat(bus.takeAsked()).isEmpty();
    clock.advance(Duration.ofSeconds(11));
    round();
    assertThat(bus.takeAsked()).containsExactly("follow", "list");
  }

  @Test
  void readsOnceWhatABurstOfSignalsTellsOf() {
    bus.has("a.service", "active").has("b.service", "active");
    round();
    bus.takeAsked();
    bus.has("a.service", "failed");
    for (int i = 0; i < 100; i++) {
      bus.tell().changed("a.service");
    }
    round();
    assertThat(bus.takeAsked()).containsExactly("loaded a.service");
    assertThat(state(all.read().get("a.service"))).isEqualTo("failed");
    assertThat(woken).hasValue(100);
  }

  @Test
  void listsInsteadWhereVeryManyHaveChanged() {
    for (int i = 0; i < 300; i++) {
      bus.has("a" + i + ".mount", "active");
    }
    round();
    bus.takeAsked();
    for (int i = 0; i < 300; i++) {
      bus.has("a" + i + ".mount", "inactive");
      bus.tell().changed("a" + i + ".mount");
    }
    clock.advance(Duration.ofSeconds(3));
    round();
    assertThat(bus.takeAsked()).startsWith("follow", "list").hasSize(2 + 10);
    assertThat(all.isBusy()).isTrue();
    assertThat(state(all.listed().get("a299.mount"))).isEqualTo("inactive");
  }

  @Test
  void forgetsWhatIsUnloadedAndNeverLoadsItAgain() {
    bus.has("a.service", "active");
    round();
    bus.takeAsked();
    bus.tell().changed("a.service");
    bus.tell().gone("a.service");
    round();
    assertThat(all.read()).isEmpty();
    assertThat(bus.takeAsked()).isEmpty();
  }

  @Test
  void learnsOfANewUnit() {
    round();
    bus.has("n.service", "activating");
    bus.tell().changed("n.service");
    bus.tell().changed("n.scope");
    round();
    assertThat(all.read()).containsOnlyKeys("n.service");
  }

  @Test
  void forgetsWhatHasGoneBeforeItWasRead() {
    bus.has("a.service", "active");
    round();
    bus.tell().changed("a.service");
    bus.loses("a.service");
    round();
    assertThat(all.read()).isEmpty();
    assertThat(all.silence()).isEmpty();
  }

  @Test
  void knowsNothingWhileTheBusIsSilentAndEverythingAfterwards() {
    bus.has("a.service", "active");
    round();
    bus.isSilent(true);
    clock.advance(Duration.ofMinutes(1));
    bus.tell().unsure();
    round();
    assertThat(all.read()).isEmpty();
    assertThat(all.silence()).isEqualTo("silence");

    bus.takeAsked();
    round();
    assertThat(bus.takeAsked()).isEmpty();
    bus.isSilent(false);
    clock.advance(Duration.ofSeconds(2));
    round();
    assertThat(all.read()).containsKey("a.service");
    assertThat(all.silence()).isEmpty();
  }

  @Test
  void readsAgainAfterAReload() {
    bus.has("a.service", "active");
    round();
    bus.takeAsked();
    clock.advance(Duration.ofSeconds(3));
    bus.tell().unsure();
    round();
    assertThat(bus.takeAsked()).containsExactly("follow", "list", "loaded a.service");
  }

  @Test
  void isNotMadeToListForEver() {
    round();
    bus.takeAsked();
    for (int i = 0; i < 20; i++) {
      bus.tell().unsure();
      clock.advance(Duration.ofMillis(100));
      round();
    }
    assertThat(bus.takeAsked()).containsExactly("follow", "list");
  }

  private static @Nullable String state(@Nullable Unit unit) {
    return unit == null ? null : unit.activeState();
  }

  private void round() {
    all.round(changes.take(), clock.getAsLong());
  }
}

package org.medicd.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.medicd.collect.FakeClock;
import org.medicd.fact.Unit;

class StartCountsTest {
  private final FakeClock clock = new FakeClock();
  private final StartCounts counts = new StartCounts();

  @Test
  void countsWhatItSawAndNotWhatWasBefore() {
    assertThat(see(7, "a")).returns(0, Unit::recentRestarts).returns(0, Unit::recentStarts);
    assertThat(see(9, "b")).returns(2, Unit::recentRestarts).returns(2, Unit::recentStarts);
    assertThat(see(9, "b")).returns(2, Unit::recentRestarts);
  }

  @Test
  void countsAStartByHandAsNoRestart() {
    see(7, "a");
    assertThat(see(0, "b")).returns(0, Unit::recentRestarts).returns(1, Unit::recentStarts);
    assertThat(see(2, "c")).returns(2, Unit::recentRestarts).returns(3, Unit::recentStarts);
  }

  @Test
  void forgetsAfterTenMinutes() {
    see(0, "a");
    see(1, "b");
    clock.advance(Duration.ofMinutes(6));
    assertThat(see(2, "c").recentRestarts()).isEqualTo(2);
    clock.advance(Duration.ofMinutes(6));
    assertThat(see(2, "c").recentRestarts()).isEqualTo(1);
    clock.advance(Duration.ofMinutes(6));
    assertThat(see(2, "c").recentRestarts()).isZero();
  }

  @Test
  void isNoStartWhereTheUnitWasUnloaded() {
    see(0, "a");
    assertThat(see(0, "").recentStarts()).isZero();
  }

  @Test
  void remembersAUnitThatCouldNotBeReadForAWhile() {
    see(0, "a");
    see(3, "b");
    counts.of(Map.of(), clock.getAsLong());
    assertThat(see(4, "c").recentRestarts()).isEqualTo(4);
  }

  @Test
  void isTheSameMapWhereNothingChanged() {
    Map<String, Unit> units = Map.of("a.service", unit(0, "a"));
    Map<String, Unit> first = counts.of(units, clock.getAsLong());
    assertThat(counts.of(units, clock.getAsLong())).isSameAs(first);
  }

  private Unit see(int restarts, String invocation) {
    Map<String, Unit> units = Map.of("a.service", unit(restarts, invocation));
    return Objects.requireNonNull(counts.of(units, clock.getAsLong()).get("a.service"));
  }

  private static Unit unit(int restarts, String invocation) {
    return new Unit(
        "a.service", "active", "x", "success", "exec", 7, invocation, null, true, restarts);
  }
}

package org.medicd.collect.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.medicd.collect.FakeClock;
import org.medicd.collect.Gaps;
import org.medicd.collect.Scene;
import org.medicd.fact.Births;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.fact.ProcessMaker;
import org.medicd.fact.UnitId;

class BirthRatesTest {
  private final FakeClock clock = new FakeClock();
  private final FakeEvents events = new FakeEvents();
  private final Map<Integer, Proc> processes = new HashMap<>();
  private List<Proc> born = new ArrayList<>();
  private BirthRates rates = new BirthRates(events);
  private int lastPid = 10_000;

  private void has(int pid, UnaryOperator<ProcessMaker> how) {
    Proc proc = how.apply(new ProcessMaker(pid)).make();
    processes.put(pid, proc);
    born.add(proc);
  }

  private List<Births> look() {
    Scene scene =
        new Scene(
            clock.getAsLong(),
            clock.instant(),
            Map.copyOf(processes),
            List.copyOf(born),
            Set.of(),
            new Gaps());
    born = new ArrayList<>();
    return rates.look(scene);
  }

  /** So many short lives a second, for so long; the facts of the last look. */
  private List<Births> lives(int parent, int perSecond, int seconds) {
    List<Births> last = List.of();
    for (int second = 0; second < seconds; second++) {
      for (int i = 0; i < perSecond; i++) {
        int pid = lastPid++;
        events.fork(pid, parent, clock.getAsLong());
        events.exit(pid, clock.getAsLong());
      }
      clock.advance(Duration.ofSeconds(1));
      last = look();
    }
    return last;
  }

  private static Births one(List<Births> all) {
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void seesAStormOfLivesBetweenTheLooks() {
    has(50, p -> p.named("loop"));
    look();
    Births births = one(lives(50, 300, 12));
    assertThat(births.owner()).isEqualTo(new ProcessId(50, 1000));
    assertThat(births.by()).isEqualTo("/usr/bin/loop");
    assertThat(births.executable()).isEqualTo("/usr/bin/loop");
    assertThat(births.perSecond()).isEqualTo(300);
    assertThat(births.exact()).isTrue();
  }

  @Test
  void tellsWhoMustHaveWoken() {
    has(50, p -> p.named("loop"));
    look();
    events.fork(60, 50, clock.getAsLong());
    clock.advance(Duration.ofSeconds(1));
    look();
    assertThat(rates.stirred()).containsExactlyInAnyOrder(50, 60);
    look();
    assertThat(rates.stirred()).isEmpty();
  }

  @Test
  void isAnAverageOverTenSeconds() {
    has(50, p -> p.named("loop"));
    look();
    lives(50, 0, 20);
    assertThat(one(lives(50, 40, 1)).perSecond()).isEqualTo(4);
    lives(50, 0, 8);
    assertThat(lives(50, 0, 1)).hasSize(1);
    assertThat(lives(50, 0, 1)).isEmpty();
  }

  @Test
  void whatDidNotChangeIsTheSameObject() {
    has(50, p -> p.named("loop"));
    look();
    Births first = one(lives(50, 30, 15));
    assertThat(one(lives(50, 30, 1))).isSameAs(first);
  }

  @Test
  void theUnitOwnsWhatItsProcessesBringForth() {
    has(50, p -> p.named("worker").unit("a.service"));
    has(51, p -> p.named("worker").unit("a.service"));
    look();
    lives(50, 20, 1);
    for (int i = 0; i < 20; i++) {
      events.fork(lastPid++, 51, clock.getAsLong());
    }
    Births births = one(lives(50, 0, 1));
    assertThat(births.owner()).isEqualTo(new UnitId("a.service"));
    assertThat(births.perSecond()).isEqualTo(20);
  }

  @Test
  void namesTheProgramOfTheChildrenThatWereSeen() {
    has(50, p -> p.named("sh"));
    look();
    for (int i = 0; i < 20; i++) {
      events.fork(100 + i, 50, clock.getAsLong());
    }
    has(105, p -> p.named("true").parent(50));
    has(106, p -> p.named("sh").parent(50)); // not yet another program
    Births births = one(lives(50, 20, 1));
    assertThat(births.executable()).isEqualTo("/usr/bin/true");
    assertThat(births.by()).isEqualTo("/usr/bin/sh");
    has(107, p -> p.named("false").parent(50));
    events.fork(107, 50, clock.getAsLong());
    Births mixed = one(lives(50, 20, 1));
    assertThat(mixed.executable()).isEqualTo("/usr/bin/sh");
    assertThat(mixed.key()).isEqualTo(births.key());
  }

  @Test
  void parentsThatEndUnseenCountForTheirNearestAncestor() {
    has(50, p -> p.named("make"));
    look();
    for (int i = 0; i < 30; i++) {
      int shell = lastPid++;
      events.fork(shell, 50, clock.getAsLong());
      events.fork(lastPid++, shell, clock.getAsLong());
      events.fork(lastPid++, lastPid - 2, clock.getAsLong());
      events.exit(shell, clock.getAsLong());
    }
    Births births = one(lives(50, 0, 1));
    assertThat(births.owner()).isEqualTo(new ProcessId(50, 1000));
    assertThat(births.perSecond()).isEqualTo(90);
  }

  @Test
  void aForkBombIsOneLineageThoughItsParentsChange() {
    has(50, p -> p.named("login"));
    look();
    look();
    has(60, p -> p.named("bash").parent(50));
    events.fork(60, 50, clock.getAsLong());
    int parent = 60;
    List<Births> last = List.of();
    for (int second = 0; second < 30; second++) {
      for (int i = 0; i < 40; i++) {
        int pid = lastPid++;
        events.fork(pid, parent, clock.getAsLong());
        if (i % 2 == 0) {
          has(pid, p -> p.named("bash").parent(1));
          parent = pid;
        }
      }
      clock.advance(Duration.ofSeconds(1));
      last = look();
      if (second >= 11) {
        assertThat(last).hasSize(1); // those of the first look still counted for the login
      }
      if (second == 20) {
        assertThat(one(last).by()).isEqualTo("/usr/bin/bash");
        processes.remove(((ProcessId) one(last).owner()).pid());
      }
    }
    Births births = one(last);
    assertThat(births.perSecond()).isEqualTo(40);
    assertThat(births.owner()).isEqualTo(new ProcessId(50, 1000)); // the nearest that lives
    assertThat(births.executable()).isEqualTo("/usr/bin/bash");
  }

  @Test
  void whatBeganALineageOwnsItWhileItLives() {
    has(50, p -> p.named("login"));
    look();
    has(60, p -> p.named("bash").parent(50));
    events.fork(60, 50, clock.getAsLong());
    clock.advance(Duration.ofSeconds(1));
    look();
    Births own = one(lives(60, 40, 12));
    assertThat(own.owner()).isEqualTo(new ProcessId(60, 1000));
    assertThat(own.by()).isEqualTo("/usr/bin/bash");
    processes.remove(60);
    lives(50, 1, 1);
    Births ended = one(lives(50, 1, 1));
    assertThat(ended.owner()).isEqualTo(new ProcessId(50, 1000));
    assertThat(ended.perSecond()).isEqualTo(32);
  }

  @Test
  void withoutTheKernelsWordThoseCountThatWereSeen() {
    rates = new BirthRates(null);
    has(50, p -> p.named("sh"));
    look();
    for (int second = 0; second < 12; second++) {
      for (int i = 0; i < 3; i++) {
        has(lastPid++, p -> p.named("sleep").parent(50));
      }
      clock.advance(Duration.ofSeconds(1));
      look();
    }
    Births births =
        look().stream()
            .filter(each -> each.owner().equals(new ProcessId(50, 1000)))
            .findFirst()
            .orElseThrow();
    assertThat(births.perSecond()).isEqualTo(3);
    assertThat(births.executable()).isEqualTo("/usr/bin/sleep");
    assertThat(births.exact()).isFalse();
  }

  @Test
  void isInexactForAWhileAfterALoss() {
    has(50, p -> p.named("loop"));
    look();
    lives(50, 30, 12);
    events.lost++;
    assertThat(one(lives(50, 30, 1)).exact()).isFalse();
    assertThat(one(lives(50, 30, 9)).exact()).isFalse();
    assertThat(one(lives(50, 30, 1)).exact()).isTrue();
  }

  @Test
  void whatIsBornAfterTheLookBeganWaitsForTheNext() {
    has(50, p -> p.named("loop"));
    look();
    look();
    for (int i = 0; i < 20; i++) {
      events.fork(lastPid++, 50, clock.getAsLong() + 1_000_000_000L);
    }
    clock.advance(Duration.ofSeconds(1));
    assertThat(look()).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(one(look()).perSecond()).isEqualTo(10);
  }

  @Test
  void manyLineagesStayBounded() {
    for (int pid = 1000; pid < 2000; pid++) {
      int each = pid;
      has(pid, p -> p.named("p" + each));
    }
    look();
    List<Births> last = List.of();
    for (int second = 0; second < 3; second++) {
      for (int pid = 1000; pid < 2000; pid++) {
        for (int i = 0; i < 3; i++) {
          events.fork(lastPid++, pid, clock.getAsLong());
        }
      }
      clock.advance(Duration.ofSeconds(1));
      last = look();
    }
    assertThat(last).hasSize(20);
    assertThat(last.get(0).by()).isEqualTo("others");
    assertThat(last.get(0).perSecond()).isGreaterThan(2000);
  }
}

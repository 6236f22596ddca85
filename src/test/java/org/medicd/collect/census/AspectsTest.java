package org.medicd.collect.census;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.medicd.collect.Collector;
import org.medicd.collect.FakeClock;
import org.medicd.collect.Gaps;
import org.medicd.collect.Scene;
import org.medicd.fact.Asked;
import org.medicd.fact.AspectReport;
import org.medicd.fact.Births;
import org.medicd.fact.Fact;
import org.medicd.fact.HostId;

class AspectsTest {
  private static final Asked BIRTHS = new Asked(Map.of("Births", Set.of()));
  private static final Births FACT = new Births(new HostId(), "a", "a", 1, true);

  private final FakeClock clock = new FakeClock();
  private Gaps gaps = new Gaps();

  /** Looks as it is told to. */
  private static class Fake implements Collector {
    private final String name;
    private int looks;

    Fake(String name) {
      this.name = name;
    }

    @Override
    public String aspect() {
      return name;
    }

    @Override
    public Set<Class<? extends Fact>> makes() {
      return Set.of(Births.class);
    }

    @Override
    public Duration every() {
      return Duration.ofSeconds(2);
    }

    @Override
    public List<Births> look(Scene scene) throws IOException {
      looks++;
      return List.of(FACT);
    }
  }

  private static final class Failing extends Fake {
    Failing() {
      super("failing");
    }

    @Override
    public List<Births> look(Scene scene) throws IOException {
      throw new IOException("it cannot be read");
    }
  }

  private static final class Hanging extends Fake {
    private final CountDownLatch answer = new CountDownLatch(1);

    Hanging() {
      super("hanging");
    }

    @Override
    public boolean mayBlock() {
      return true;
    }

    @Override
    public List<Births> look(Scene scene) throws IOException {
      try {
        answer.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return super.look(scene);
    }
  }

  private List<Fact> look(Aspects aspects) {
    gaps = new Gaps();
    List<Fact> facts =
        aspects.look(
            new Scene(clock.getAsLong(), clock.instant(), Map.of(), List.of(), Set.of(), gaps));
    clock.advance(Duration.ofSeconds(1));
    return facts;
  }

  @Test
  void areLookedAtInTheirRhythmAndToldInBetween() {
    Fake fake = new Fake("fake");
    try (Aspects aspects = new Aspects(List.of(fake))) {
      aspects.ask(BIRTHS);
      for (int i = 0; i < 10; i++) {
        assertThat(look(aspects)).containsExactly(FACT);
      }
      assertThat(fake.looks).isEqualTo(5);
      assertThat(aspects.reports()).extracting(AspectReport::facts).containsExactly(1);
    }
  }

  @Test
  void areLeftAloneWhileNoRuleAsks() {
    Fake fake = new Fake("fake");
    try (Aspects aspects = new Aspects(List.of(fake))) {
      aspects.ask(Asked.NOTHING);
      assertThat(look(aspects)).isEmpty();
      assertThat(fake.looks).isZero();
      assertThat(aspects.reports()).isEmpty();
    }
  }

  @Test
  void oneThatFailsIsAGapAndTheOthersGoOn() {
    try (Aspects aspects = new Aspects(List.of(new Failing(), new Fake("fake")))) {
      aspects.ask(BIRTHS);
      assertThat(look(aspects)).containsExactly(FACT);
      assertThat(gaps.toList()).singleElement().asString().contains("failing", "cannot be read");
      assertThat(aspects.reports().get(0).failure()).isEqualTo("it cannot be read");
    }
  }

  @Test
  void oneThatHangsIsAGapAfterAWhileAndTheOthersGoOn() {
    Hanging hanging = new Hanging();
    try (Aspects aspects = new Aspects(List.of(hanging, new Fake("fake")))) {
      aspects.ask(BIRTHS);
      for (int i = 0; i < 6; i++) {
        assertThat(look(aspects)).containsExactly(FACT);
      }
      assertThat(gaps.toList()).isEmpty();
      assertThat(look(aspects)).containsExactly(FACT);
      assertThat(gaps.toList()).singleElement().asString().contains("hanging", "no answer for 6 s");
      hanging.answer.countDown();
      await().until(() -> look(aspects).size() == 2);
      assertThat(gaps.toList()).isEmpty();
    }
  }
}

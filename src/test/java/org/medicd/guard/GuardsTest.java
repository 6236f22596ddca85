package org.medicd.guard;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.medicd.config.ConfigReader;
import org.medicd.config.Settings;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Mode;
import org.medicd.plan.Verdict;

class GuardsTest {
  private static final Duration T = ofHours(1);

  private final Ledger ledger = new Ledger();
  private final Guards guards =
      new Guards(Settings.defaults(), ledger, new Standpoint(900, ZoneOffset.UTC));

  private Verdict judge(Wish wish) {
    return guards.judge(wish.intent(), wish.situation());
  }

  private long charged() {
    return ledger.countSince(Duration.ZERO, entry -> true);
  }

  @Test
  void chargesOncePerTreatment() {
    assertThat(judge(Wish.aboutAnybody().at(T))).isEqualTo(new Verdict.Allowed());
    assertThat(judge(Wish.aboutAnybody().to(Kind.KILL).laterRung().at(T.plusSeconds(10))))
        .isEqualTo(new Verdict.Allowed());
    assertThat(charged()).isEqualTo(1);
  }

  @Test
  void weighingChargesNothing() {
    Wish wish = Wish.aboutAnybody().at(T);
    for (int i = 0; i < 10; i++) {
      assertThat(guards.weigh(wish.intent(), wish.situation())).isEqualTo(new Verdict.Allowed());
    }
    assertThat(charged()).isZero();
  }

  @Test
  void whatIsNotDoneIsNotCharged() {
    judge(Wish.aboutAnybody().mode(Mode.OBSERVE));
    judge(Wish.aboutAnybody().mode(Mode.APPROVE));
    judge(Wish.about(1, p -> p));
    judge(Wish.aboutAnybody().to(Kind.CAPTURE));
    judge(Wish.aboutAnybody().to(Kind.PAGE));
    assertThat(charged()).isZero();
  }

  @Test
  void theFirstGuardThatObjectsIsHeard() {
    Wish wish = Wish.about(1, p -> p.named("init")).mode(Mode.OBSERVE).onlyWhile("none");
    assertThat(judge(wish).words()).startsWith("refused by protected");
  }

  @Test
  void peopleAreCalledInAMaintenanceWindowToo() {
    String yaml = "mode: act\nmaintenance: [ { name: patches, calendar: '*:*', for: 1m } ]\n";
    Settings settings = ConfigReader.parse("", yaml).settings();
    Guards maintained = new Guards(settings, ledger, new Standpoint(900, ZoneOffset.UTC));
    Wish wish = Wish.aboutAnybody();
    assertThat(maintained.weigh(wish.intent(), wish.situation()).words())
        .startsWith("refused by maintenance");
    assertThat(maintained.weigh(wish.to(Kind.PAGE).intent(), wish.situation()))
        .isEqualTo(new Verdict.Allowed());
    assertThat(maintained.maintenance(wish.situation().seen().at())).hasSize(1);
    assertThat(guards.maintenance(wish.situation().seen().at())).isEmpty();
  }

  @Test
  void peopleMayAlwaysBeCalled() {
    Wish wish = Wish.about(1, p -> p.named("init")).mode(Mode.OBSERVE).to(Kind.PAGE);
    assertThat(judge(wish)).isEqualTo(new Verdict.Allowed());
  }

  @Test
  void whatMedicdStoppedMayAlwaysGoOn() {
    Wish wish = Wish.about(50, p -> p.leadsSession()).mode(Mode.OBSERVE).to(Kind.CONT);
    assertThat(judge(wish.mending())).isEqualTo(new Verdict.Allowed());
  }

  @Test
  void aRestartThatMendsPassesGateCooldownAndBudget() {
    for (int i = 0; i < 20; i++) {
      ledger.charge(Wish.about(50, p -> p.unit("web.service")).intent(), T);
    }
    Wish wish = Wish.about(50, p -> p.unit("web.service")).to(Kind.RESTART_UNIT).onlyWhile("none");
    wish.scene.unit("web.service", "inactive");
    assertThat(judge(wish.at(T.plus(ofSeconds(1)))).words()).startsWith("refused by gate");
    assertThat(judge(wish.mending())).isEqualTo(new Verdict.Allowed());
    assertThat(charged()).isEqualTo(20);
  }

  @Test
  void othersMayAskWhileTheTickCharges() throws InterruptedException, ExecutionException {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Wish asked = Wish.aboutAnybody().at(T);
      Future<?> asking =
          other.submit(
              () -> {
                for (int i = 0; i < 5_000; i++) {
                  guards.weigh(asked.intent(), asked.situation());
                }
              });
      for (int i = 0; i < 5_000; i++) {
        ledger.charge(Wish.about(60, p -> p).intent(), T);
      }
      assertThat(asking.get()).isNull();
    } finally {
      other.shutdownNow();
    }
  }
}

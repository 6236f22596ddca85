package org.medicd.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Mode;
import org.medicd.plan.Orders;
import org.medicd.plan.Pause;

class ModeGuardTest {
  private static String judged(Wish wish) {
    return wish.judgedBy(new ModeGuard(Duration.ofMinutes(15), List.of("drop-caches", "exec")));
  }

  @Test
  void actsInActMode() {
    assertThat(judged(Wish.aboutAnybody())).isEmpty();
  }

  @Test
  void waitsWhileAPersonHasPausedMedicd() {
    Pause pause = new Pause("root", "deploying", Instant.parse("2026-01-02T03:04:05Z"));
    assertThat(judged(Wish.aboutAnybody().under(new Orders(pause, List.of()))))
        .isEqualTo(
            "refused by mode: medicd is paused by root since 2026-01-02T03:04:05Z: deploying (medic"
                + " resume goes on)");
  }

  @Test
  void rehearsesInObserveMode() {
    assertThat(judged(Wish.aboutAnybody().mode(Mode.OBSERVE)))
        .isEqualTo("only rehearsed: medicd observes");
  }

  @Test
  void asksInApproveMode() {
    assertThat(judged(Wish.aboutAnybody().mode(Mode.APPROVE)))
        .isEqualTo("waits for a person's approval");
  }

  @Test
  void asksInActModeBeforeWhatTheConfigurationNames() {
    assertThat(judged(Wish.aboutAnybody().to(Kind.DROP_CACHES))).contains("approval");
    assertThat(judged(Wish.aboutAnybody().to(Kind.EXEC))).contains("approval");
    assertThat(judged(Wish.aboutAnybody().to(Kind.RESET_SWAP))).isEmpty();
    assertThat(judged(Wish.aboutAnybody().to(Kind.DROP_CACHES).approved())).isEmpty();
    assertThat(judged(Wish.aboutAnybody().to(Kind.DROP_CACHES).mode(Mode.OBSERVE)))
        .contains("rehearsed");
  }

  @Test
  void goesOnOnceAPersonSaidYes() {
    assertThat(judged(Wish.aboutAnybody().mode(Mode.APPROVE).approved())).isEmpty();
  }

  @Test
  void asksNobodyForWhatDoesNotDisrupt() {
    assertThat(judged(Wish.aboutAnybody().mode(Mode.APPROVE).to(Kind.CAPTURE))).isEmpty();
  }

  @Test
  void approvalIsNoLicenceToActWhileMedicdObserves() {
    assertThat(judged(Wish.aboutAnybody().mode(Mode.OBSERVE).approved())).contains("rehearsed");
  }

  @Test
  void theRulesOwnModeCountsWhereItIsLower() {
    assertThat(judged(Wish.aboutAnybody().ruleMode(Mode.OBSERVE)))
        .isEqualTo("only rehearsed: the rule only observes");
    assertThat(judged(Wish.aboutAnybody().ruleMode(Mode.SHADOW))).contains("rehearsed");
    assertThat(judged(Wish.aboutAnybody().ruleMode(Mode.APPROVE))).contains("approval");
  }

  @Test
  void theRulesOwnModeDoesNotCountWhereItIsHigher() {
    assertThat(judged(Wish.aboutAnybody().mode(Mode.OBSERVE).ruleMode(Mode.ACT)))
        .isEqualTo("only rehearsed: medicd observes");
  }
}

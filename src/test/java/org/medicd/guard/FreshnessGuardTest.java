package org.medicd.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Verdict;

class FreshnessGuardTest {
  private static String judged(Wish wish) {
    return wish.judgedBy(new FreshnessGuard());
  }

  @Test
  void actsOnWhatIsSeenNow() {
    assertThat(judged(Wish.aboutAnybody())).isEmpty();
  }

  @Test
  void refusesForNowWhatIsNotSeen() {
    Wish wish = Wish.aboutAnybody();
    wish.scene.gone(50);
    assertThat(new FreshnessGuard().judge(wish.intent(), wish.situation()))
        .contains(new Verdict.Refused("freshness", "pid 50 was not seen in this tick", false));
  }

  @Test
  void anotherProcessOfTheSamePidIsNotTheOneThatWasMeant() {
    Wish wish = Wish.aboutAnybody();
    wish.scene.has(50, p -> p.startTicks(2000));
    assertThat(judged(wish)).contains("was not seen");
  }

  @Test
  void aGapRefuses() {
    Wish wish = Wish.aboutAnybody();
    wish.scene.gap("proc/stat", "pid 50").gap("proc/stat", "pid 5");
    assertThat(judged(wish))
        .isEqualTo("refused by freshness: proc/stat of pid 50 is not known: made for a test");
  }

  @Test
  void theGapOfAnotherDoesNotCount() {
    Wish wish = Wish.aboutAnybody();
    wish.scene.gap("proc/stat", "pid 500");
    assertThat(judged(wish)).isEmpty();
  }

  @Test
  void aUnitMustBeKnownToBeRestarted() {
    Wish wish = Wish.about(50, p -> p.unit("web.service")).to(Kind.RESTART_UNIT);
    assertThat(judged(wish)).endsWith("the state of web.service is not known yet");
    wish.scene.gap("unit", "web.service");
    assertThat(judged(wish)).endsWith("the state of web.service is not known: made for a test");
    wish.scene.unit("web.service", "active");
    assertThat(judged(wish)).isEmpty();
  }
}

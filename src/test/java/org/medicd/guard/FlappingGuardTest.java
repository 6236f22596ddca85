package org.medicd.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.medicd.fact.Unit;
import org.medicd.plan.Action.Kind;

class FlappingGuardTest {
  private final FlappingGuard guard = new FlappingGuard(5);

  private static Wish restart(int starts) {
    Wish wish = Wish.about(50, p -> p.unit("web.service")).to(Kind.RESTART_UNIT);
    Unit unit = Unit.inState("web.service", "active", "running", "bus", "loaded");
    wish.scene.unit(unit.lately(0, starts));
    return wish;
  }

  @Test
  void leavesAUnitToPeopleThatWasStartedAgainAndAgain() {
    assertThat(restart(4).judgedBy(guard)).isEmpty();
    assertThat(restart(5).judgedBy(guard))
        .isEqualTo(
            "refused by flapping: web.service was started 5 times in 10 minutes: a person should"
                + " look");
  }

  @Test
  void aUnitThatMedicdLeftDownIsStartedAllTheSame() {
    assertThat(restart(9).mending().judgedBy(guard)).isEmpty();
  }

  @Test
  void mayBeSwitchedOff() {
    assertThat(restart(9).judgedBy(new FlappingGuard(0))).isEmpty();
  }

  @Test
  void isAboutStartsAlone() {
    assertThat(restart(9).to(Kind.TERM).judgedBy(guard)).isEmpty();
    assertThat(restart(9).to(Kind.START_UNIT).judgedBy(guard)).startsWith("refused by flapping");
  }
}

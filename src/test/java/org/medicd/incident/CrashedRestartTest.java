package org.medicd.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.incident.Ward.rung;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.medicd.fact.Unit;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Incident;
import org.medicd.plan.Outcome;
import org.medicd.plan.Rung;

/** What a daemon makes of a restart that its predecessor had under way when it died. */
class CrashedRestartTest {
  private static final Rung RESTART = rung(Kind.RESTART_UNIT, 20);
  private static final Rung PAGE = rung(Kind.PAGE, 0);

  private final Ward later = new Ward();

  /** The unit's invocation is id-1 when the daemon dies. */
  private void crashed() {
    Ward first = new Ward();
    first.scene.unit("web.service", "active").has(7, p -> p.named("web").unit("web.service"));
    first.outcomesCome = false;
    first.diagnosed(7, RESTART, PAGE).pass(1);
    assertThat(first.did).containsExactly("restart-unit 7");
    assertThat(first.counted).containsExactly("restart-unit");
    later.incidents.restore(List.of(first.only()), Duration.ZERO);
  }

  private void unit(String state, String invocation) {
    later.scene.unit(
        new Unit("web.service", state, "", "success", "simple", null, invocation, null, true, 0));
  }

  private @Nullable Outcome outcome() {
    Incident incident = later.only();
    return incident.steps().get(incident.steps().size() - 1).outcome();
  }

  @Test
  void aNewInvocationShowsThatItTookPlace() {
    crashed();
    unit("active", "id-2");
    later.pass(30);
    assertThat(outcome()).isInstanceOf(Outcome.Done.class);
    assertThat(java.util.Objects.requireNonNull(outcome()).words()).contains("id-2");
    assertThat(later.did).isEmpty();
  }

  @Test
  void theOldInvocationShowsThatItDidNotAndIsDueAgain() {
    crashed();
    later.scene.has(7, p -> p.named("web").unit("web.service"));
    unit("active", "id-1");
    later.diagnosed(7, RESTART, PAGE).pass(4);
    assertThat(later.did).isEmpty();
    later.pass(3);
    assertThat(later.did).containsExactly("restart-unit 7");
    assertThat(later.only().steps()).hasSize(1);
    // The ledger has it from before: a cooldown would hold it back because of itself.
    assertThat(later.counted).isEmpty();
  }

  @Test
  void aUnitThatIsStoppingOrStartingIsWaitedFor() {
    crashed();
    unit("deactivating", "id-1");
    later.pass(60);
    unit("activating", "id-2");
    later.pass(60);
    assertThat(later.did).isEmpty();
    unit("active", "id-2");
    later.pass(1);
    assertThat(outcome()).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void aUnitThatIsDownAfterAllFailsTheRungAndThePageFollows() {
    crashed();
    unit("failed", "id-2");
    later.pass(10);
    assertThat(outcome()).isNotNull();
    assertThat(later.only().steps().get(0).outcome()).isInstanceOf(Outcome.Failed.class);
    assertThat(later.did).containsExactly("page ");
  }

  @Test
  void anInvocationThatSystemdHasForgottenIsNoNewOne() {
    crashed();
    unit("inactive", "");
    later.pass(7);
    assertThat(later.did).containsExactly("restart-unit ");
  }

  @Test
  void staysInDoubtWhereSystemdDoesNotAnswer() {
    crashed();
    later.scene.has(7, p -> p.named("web").unit("web.service"));
    later.diagnosed(7, RESTART, PAGE).pass(170);
    assertThat(later.did).isEmpty();
    later.pass(15);
    assertThat(outcome()).isInstanceOf(Outcome.InDoubt.class);
    later.pass(20);
    assertThat(later.did).containsExactly("page 7");
  }
}

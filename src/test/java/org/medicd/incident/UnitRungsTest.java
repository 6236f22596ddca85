package org.medicd.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.incident.Ward.rung;

import org.junit.jupiter.api.Test;
import org.medicd.fact.Unit;
import org.medicd.fact.UnitId;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Rung;

/** Ladders whose rungs stop, start and forget units. */
class UnitRungsTest {
  private static final UnitId WEB = new UnitId("web.service");
  private static final Rung PAGE = rung(Kind.PAGE, 0);

  private final Ward ward = new Ward();

  @Test
  void aUnitThatMedicdStoppedIsNotStartedAgain() {
    ward.scene.unit("web.service", "active").has(7, p -> p.named("web").unit("web.service"));
    ward.diagnosed(7, rung(Kind.STOP_UNIT, 10), PAGE).pass(1);
    ward.scene.unit("web.service", "inactive");
    ward.ended(7).pass(30);
    assertThat(ward.did).containsExactly("stop-unit 7");
    assertThat(ward.only().state()).isEqualTo(IncidentState.RECOVERED);
    assertThat(ward.only().closedBecause())
        .isEqualTo("medicd stopped the unit; a person starts it again");
  }

  @Test
  void aUnitThatIsOnlyNoLongerCalledFailedIsNotCured() {
    ward.scene.unit("web.service", "failed");
    ward.diagnosed(WEB, rung(Kind.RESET_FAILED, 1), rung(Kind.START_UNIT, 10), PAGE).pass(1);
    ward.scene.unit("web.service", "inactive");
    ward.cured(WEB).pass(2);
    assertThat(ward.did).containsExactly("reset-failed ", "start-unit ");
    ward.scene.unit("web.service", "active");
    ward.pass(10);
    assertThat(ward.only().state()).isEqualTo(IncidentState.RECOVERED);
    assertThat(ward.only().closedBecause())
        .isEqualTo("the condition no longer holds after start-unit");
  }

  /** A transient unit is forgotten with its last process: nothing is left to be started again. */
  @Test
  void itIsOverWhenTheUnitIsGoneWithItsProcess() {
    ward.scene.unit("job.service", "active").has(7, p -> p.named("job").unit("job.service"));
    ward.diagnosed(7, rung(Kind.TERM, 10), rung(Kind.RESTART_UNIT, 10), PAGE).pass(1);
    ward.scene.unit(Unit.missing("job.service"));
    ward.ended(7).pass(20);
    assertThat(ward.did).containsExactly("term 7");
    assertThat(ward.only().state()).isEqualTo(IncidentState.RECOVERED);
    assertThat(ward.only().closedBecause()).isEqualTo("the process ended after term");
  }

  @Test
  void allOfAUnitAreKilledOnlyAfterTheirTerm() {
    ward.scene.unit("web.service", "active").has(7, p -> p.named("web").unit("web.service"));
    ward.diagnosed(7, rung(Kind.CGROUP_KILL, 10), PAGE).pass(2);
    assertThat(ward.did).containsExactly("page 7");
  }
}

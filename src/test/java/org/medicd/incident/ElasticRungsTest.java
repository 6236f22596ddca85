package org.medicd.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.incident.Ward.rung;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medicd.fact.UnitId;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Outcome;
import org.medicd.plan.Rung;

/** Rungs that are done again as long as the condition holds: scale-pool. */
class ElasticRungsTest {
  private static final UnitId POOL = new UnitId("worker@.service");
  private static final Rung SCALE = rung(Kind.SCALE_POOL, 5);
  private static final Rung PAGE = rung(Kind.PAGE, 0);

  private final Ward ward = new Ward().diagnosed(POOL, SCALE, PAGE);

  @Test
  void isDoneAgainAfterEachPatience() {
    ward.pass(11);
    assertThat(ward.did).hasSize(3).containsOnly("scale-pool ");
    ward.cured(POOL).pass(1);
    assertThat(ward.only().state()).isEqualTo(IncidentState.RECOVERED);
    assertThat(ward.only().closedBecause())
        .isEqualTo("the condition no longer holds after scale-pool");
  }

  @Test
  void whereNothingMoreCanBeDoneTheNextRungIsDue() {
    ward.pass(1);
    ward.outcome = new Outcome.Failed("has all it may");
    ward.pass(6);
    assertThat(ward.did).containsExactly("scale-pool ", "scale-pool ", "page ");
  }

  @Test
  void afterARestartOfMedicdItsPatienceBeginsAnew() {
    ward.pass(1);
    Incident kept = ward.only();
    Ward later = new Ward().diagnosed(POOL, SCALE, PAGE);
    later.incidents.restore(List.of(kept), later.now);
    later.pass(4);
    assertThat(later.did).isEmpty();
    later.pass(2);
    assertThat(later.did).containsExactly("scale-pool ");
  }
}

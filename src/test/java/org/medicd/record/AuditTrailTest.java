package org.medicd.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.record.SampleIncident.OPENED;
import static org.medicd.record.SampleIncident.killRefused;
import static org.medicd.record.SampleIncident.opened;
import static org.medicd.record.SampleIncident.recovered;
import static org.medicd.record.SampleIncident.termDone;
import static org.medicd.record.SampleIncident.termIntent;
import static org.medicd.record.SampleIncident.treating;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditTrailTest {
  private static final Instant NOW = OPENED.plusSeconds(90);

  @Test
  void aNewIncidentIsAnOpening() {
    assertThat(AuditTrail.between(null, opened("1"), NOW))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.what()).isEqualTo("opened");
              assertThat(entry.at()).isEqualTo(OPENED);
              assertThat(entry.detail())
                  .contains("cpu-runaway of pid 17", "burner.service", "99.8 % of one core");
            });
  }

  @Test
  void aNewStepIsAVerdictAndItsEndAnOutcome() {
    assertThat(AuditTrail.between(opened("1"), treating("1", termIntent()), NOW))
        .containsExactly(new AuditTrail.Entry(OPENED.plusSeconds(60), "verdict", "term: allowed"));
    assertThat(AuditTrail.between(treating("1", termIntent()), treating("1", termDone()), NOW))
        .containsExactly(new AuditTrail.Entry(NOW, "outcome", "term: done: sent"));
  }

  @Test
  void aRefusalThatCountsDownIsOne() {
    assertThat(
            AuditTrail.between(
                treating("1", killRefused("14 s left")),
                treating("1", killRefused("13 s left")),
                NOW))
        .isEmpty();
  }

  @Test
  void nothingIsLostWhenSnapshotsAreSkipped() {
    Instant closedAt = OPENED.plusSeconds(80);

    assertThat(AuditTrail.between(null, recovered("1", closedAt, termDone()), NOW))
        .extracting(AuditTrail.Entry::what)
        .containsExactly("opened", "verdict", "outcome", "closed");
  }

  @Test
  void theClosingSaysHow() {
    Instant closedAt = OPENED.plusSeconds(80);

    assertThat(AuditTrail.between(opened("1"), recovered("1", closedAt), NOW))
        .containsExactly(
            new AuditTrail.Entry(closedAt, "closed", "recovered: the CPU is idle again"));
  }

  @Test
  void equalSnapshotsAddNothing() {
    assertThat(AuditTrail.between(treating("1", termDone()), treating("1", termDone()), NOW))
        .isEmpty();
  }
}

package org.medicd.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.record.SampleIncident.OPENED;
import static org.medicd.record.SampleIncident.opened;
import static org.medicd.record.SampleIncident.termIntent;
import static org.medicd.record.SampleIncident.treating;

import org.junit.jupiter.api.Test;
import org.medicd.plan.Incident;

class PendingTest {
  private final Pending pending = new Pending(2);

  private static Pending.Entry entry(Incident incident) {
    return new Pending.Change(incident, OPENED);
  }

  @Test
  void givesUpOlderSnapshotsOfTheSameIncidentFirst() {
    pending.add(entry(opened("1")));
    pending.add(entry(treating("1", termIntent())));
    pending.add(entry(opened("2")));

    assertThat(pending.lost()).isZero();
    assertThat(pending.takeAll())
        .containsExactly(entry(treating("1", termIntent())), entry(opened("2")));
  }

  @Test
  void givesUpTheOldestIncidentThenAndCountsIt() {
    pending.add(entry(opened("1")));
    pending.add(entry(opened("2")));
    pending.add(entry(opened("3")));

    assertThat(pending.lost()).isEqualTo(1);
    assertThat(pending.takeAll()).containsExactly(entry(opened("2")), entry(opened("3")));
  }

  @Test
  void putsWhatFailedBeforeWhatCameSince() {
    pending.add(entry(opened("2")));

    pending.putBack(java.util.List.of(entry(opened("1"))));

    assertThat(pending.takeAll()).containsExactly(entry(opened("1")), entry(opened("2")));
  }
}

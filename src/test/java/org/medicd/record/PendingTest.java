package org.medicd.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.record.SampleIncident.OPENED;
import static org.medicd.record.SampleIncident.opened;
import static org.medicd.record.SampleIncident.termIntent;
import static org.medicd.record.SampleIncident.treating;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medicd.plan.Incident;
import org.medicd.plan.Mode;
import org.medicd.plan.Notice;
import org.medicd.plan.Post;

class PendingTest {
  private final Pending pending = new Pending(2);

  private static Pending.Entry entry(Incident incident) {
    return entry(incident, List.of());
  }

  private static Pending.Entry entry(Incident incident, List<Post> posts) {
    return new Pending.Change(incident, posts, OPENED);
  }

  @Test
  void whatPeopleAreToBeToldIsNotGivenUpWithAnOlderSnapshot() {
    List<Post> first = List.of(post(opened("1"), 0));
    List<Post> second = List.of(post(treating("1", termIntent()), 1));
    pending.add(entry(opened("1"), first));
    pending.add(entry(treating("1", termIntent()), second));
    pending.add(entry(opened("2")));

    assertThat(pending.lost()).isZero();
    assertThat(pending.takeAll())
        .containsExactly(
            entry(treating("1", termIntent()), List.of(first.get(0), second.get(0))),
            entry(opened("2")));
  }

  private static Post post(Incident incident, int number) {
    String id = incident.id() + "." + number;
    Notice notice =
        new Notice(id, Notice.Kind.STEP, incident, "web-1", Mode.ACT, null, null, OPENED);
    return new Post(notice, List.of("email"));
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

    pending.putBack(List.of(entry(opened("1"))));

    assertThat(pending.takeAll()).containsExactly(entry(opened("1")), entry(opened("2")));
  }
}

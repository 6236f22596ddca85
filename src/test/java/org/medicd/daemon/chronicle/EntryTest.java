package org.medicd.daemon.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medicd.notify.Notices;
import org.medicd.plan.Happening;
import org.medicd.plan.Happening.Kind;
import org.medicd.plan.Incident;

class EntryTest {
  private static final Incident INCIDENT = Notices.exhausted().incident();

  private static List<String> told(List<String> channels, boolean silenced, Kind... kinds) {
    List<Happening> happenings =
        java.util.Arrays.stream(kinds).map(kind -> new Happening(kind, INCIDENT, 0)).toList();
    return Entry.of(happenings, channels, silenced, null, Notices.OPENED_AT).stream()
        .map(Entry::told)
        .toList();
  }

  @Test
  void whoIsToldStandsOnceWithTheOpeningOrWithWhatCameLast() {
    List<String> channels = List.of("email", "slack");
    assertThat(told(channels, false, Kind.OPENED, Kind.VERDICT))
        .containsExactly("told: email, slack", "");
    assertThat(told(channels, false, Kind.OUTCOME, Kind.CLOSED))
        .containsExactly("", "told: email, slack");
  }

  @Test
  void whatNobodyIsToldOfIsThereAllTheSame() {
    assertThat(told(List.of(), false, Kind.OPENED)).containsExactly("");
    assertThat(told(List.of(), true, Kind.OPENED, Kind.VERDICT))
        .containsExactly("silenced", "silenced");
  }
}

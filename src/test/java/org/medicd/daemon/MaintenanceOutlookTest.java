package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.medicd.config.ConfigReader;
import org.medicd.config.Problem;

class MaintenanceOutlookTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static MaintenanceOutlook outlook(String windows) {
    return new MaintenanceOutlook(
        ConfigReader.parse("medicd.yaml", "mode: act\nmaintenance:\n" + windows),
        Instant.parse("2026-01-04T01:30:00Z"),
        BERLIN);
  }

  @Test
  void tellsWhenEachWindowOpensNext() {
    assertThat(
            outlook(
                    """
                      - { name: patches, calendar: Sun 02:00, for: 2h }
                      - { name: backup, calendar: 23:30 America/New_York, for: 30m }
                      - { name: move, calendar: 2025-12-01 10:00, for: 3d }
                    """)
                .words())
        .containsExactly(
            "maintenance window \"patches\" (Sun 02:00 for 2h) is open until"
                + " 2026-01-04T04:00:00+01:00 and opens next at 2026-01-11T02:00:00+01:00",
            "maintenance window \"backup\" (23:30 America/New_York for 30m) opens next at"
                + " 2026-01-03T23:30:00-05:00",
            "maintenance window \"move\" (2025-12-01 10:00 for 3d) opens never again");
  }

  @Test
  void findsWindowsThatNeverEnd() {
    assertThat(
            outlook(
                    """
                      - { name: nights, calendar: 22:00, for: 8h }
                      - { name: hours, calendar: hourly, for: 1h }
                      - { name: office, calendar: "Mon..Fri 8..17:00", for: 1h }
                    """)
                .problems())
        .extracting(Problem::toString)
        .containsExactly(
            "medicd.yaml:4: maintenance window 'hours' opens again and again before it ends:"
                + " medicd would hardly ever act");
  }

  @Test
  void tellsNothingWhereThereAreNone() {
    MaintenanceOutlook none = outlook("");
    assertThat(none.words()).isEmpty();
    assertThat(none.problems()).isEmpty();
  }
}

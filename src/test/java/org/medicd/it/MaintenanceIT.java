package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.medicd.it.DaemonInLab.course;
import static org.medicd.it.DaemonInLab.done;
import static org.medicd.it.DaemonInLab.hasRung;
import static org.medicd.it.DaemonInLab.inState;
import static org.medicd.it.DaemonInLab.text;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.medicd.lab.NeedsSystemd;

/** A maintenance window that opens, and then ends, over a service that is ill. */
@NeedsSystemd
@Tag("once")
class MaintenanceIT extends InLab {
  private static final Duration CURE = Duration.ofSeconds(60);
  private static final DateTimeFormatter CALENDAR =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  @BeforeAll
  static void boot() throws IOException {
    install(UnitTreatmentIT.YAML);
    daemon.shortPatience();
    daemon.start();
  }

  /** Has the daemon take up a window about the patched service that opened a minute ago. */
  private static void window(Duration openFor) {
    Instant began = InstantSource.system().instant().minusSeconds(60);
    daemon.configure(
        UnitTreatmentIT.YAML
            + """
              maintenance:
                - name: patches
                  calendar: "%s"
                  for: %ds
                  match: [unit=ill-patched]
              """
                .formatted(CALENDAR.format(began), openFor.plusSeconds(60).toSeconds()));
    daemon.medic("reload").expectSuccess();
  }

  private static List<String> told() throws IOException {
    return daemon.incidents().stream()
        .map(each -> text(each, "diagnosis"))
        .filter(each -> each.startsWith("maintenance"))
        .toList();
  }

  @Test
  void itHoldsBackWhatItIsAboutUntilItEnds() throws IOException {
    window(Duration.ofHours(1));
    await().until(() -> told().contains("maintenance-begun"));
    assertThat(daemon.medic("status").expectSuccess())
        .contains("IT ONLY OBSERVES unit=ill-patched: maintenance window \"patches\" until ");
    assertThat(daemon.medic("check").expectSuccess())
        .contains("maintenance window \"patches\"")
        .contains(" is open until ")
        .contains(" and opens never again")
        .endsWith("no problems");
    SickService patched = SickService.ofOneProcess(lab, "ill-patched.service");
    SickService other = SickService.ofOneProcess(lab, "ill-other.service");
    String main = patched.show("MainPID");
    patched.fallIll();
    other.fallIll();

    daemon.awaitIncidentOf(other.name(), CURE, inState("recovered"));
    JsonObject waiting = daemon.awaitIncidentOf(patched.name(), CURE, hasRung("capture"));
    assertThat(course(waiting)).containsExactly("capture refused -");
    assertThat(waiting.get("rungs").toString())
        .contains("\"guard\":\"maintenance\"")
        .contains("maintenance window \\\"patches\\\" until ");
    assertThat(patched.show("MainPID")).isEqualTo(main);
    assertThat(told()).containsExactly("maintenance-begun");

    window(Duration.ofSeconds(5));
    JsonObject treated = daemon.awaitIncidentOf(patched.name(), CURE, done("restart-unit"));

    assertThat(course(treated))
        .containsExactly("capture allowed done", "term allowed done", "restart-unit allowed done");
    assertThat(told()).containsExactlyInAnyOrder("maintenance-begun", "maintenance-ended");
    assertThat(daemon.medic("status").expectSuccess()).doesNotContain("IT ONLY OBSERVES");
    daemon.awaitIncidentOf(patched.name(), CURE, inState("recovered"));
    patched.stop();
    other.stop();
  }
}

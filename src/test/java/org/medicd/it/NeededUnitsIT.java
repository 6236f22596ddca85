package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.it.DaemonInLab.course;
import static org.medicd.it.DaemonInLab.done;
import static org.medicd.it.DaemonInLab.inState;
import static org.medicd.it.DaemonInLab.rung;
import static org.medicd.it.DaemonInLab.text;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.medicd.lab.NeedsSystemd;

/** Services that others hang on, in a real systemd. */
@NeedsSystemd
@Tag("once")
class NeededUnitsIT extends InLab {
  private static final Duration CURE = Duration.ofSeconds(60);

  @BeforeAll
  static void boot() throws IOException {
    install(UnitTreatmentIT.YAML);
    daemon.shortPatience();
    daemon.start();
  }

  /** Starts one that sleeps, and that hangs on another. */
  private static void dependant(String name, String setting) {
    lab.unitFile(
        name, "[Unit]", setting, "[Service]", "ExecStart=/bin/sleep 1000", "TimeoutStopSec=1s");
    lab.systemctl("start", name);
  }

  private static String show(String property, String name) {
    return lab.systemctl("show", "--value", "-p", property, name);
  }

  @Test
  void whatAProtectedUnitNeedsIsLeftToPeople() {
    SickService service = SickService.ofThreeProcesses(lab, "ill-store.service");
    dependant("ill-between.service", "Requires=ill-store.service");
    dependant("ill-guarded.service", "PartOf=ill-between.service");
    String main = service.show("MainPID");
    String guarded = show("InvocationID", "ill-guarded.service");
    service.fallIll();

    JsonObject paged = daemon.awaitIncidentOf(service.name(), CURE, done("page"));

    assertThat(course(paged))
        .filteredOn(rung -> !rung.startsWith("capture"))
        .containsExactly(
            "term refused -", "kill refused -", "restart-unit refused -", "page allowed done");
    JsonObject verdict = rung(paged, "restart-unit").getAsJsonObject("verdict");
    assertThat(text(verdict, "guard")).isEqualTo("protected");
    assertThat(text(verdict, "reason"))
        .isEqualTo(
            "ill-guarded.service is protected by the configuration: unit ill-guarded.service, and"
                + " ill-guarded.service needs ill-store.service");
    assertThat(service.show("MainPID")).isEqualTo(main);
    assertThat(show("InvocationID", "ill-guarded.service")).isEqualTo(guarded);
    lab.systemctl("stop", "ill-guarded.service", "ill-between.service");
    service.stop();
  }

  @Test
  void whatIsRestartedWithAUnitIsNamedBefore() {
    SickService service = SickService.ofThreeProcesses(lab, "ill-web.service");
    dependant("page.service", "PartOf=ill-web.service");
    dependant("cache.service", "Requires=page.service");
    dependant("other.service", "Wants=ill-web.service");
    String cache = show("InvocationID", "cache.service");
    String other = show("InvocationID", "other.service");
    service.fallIll();

    JsonObject cured = daemon.awaitIncidentOf(service.name(), CURE, inState("recovered"));

    JsonObject restart = rung(cured, "restart-unit");
    assertThat(text(restart, "detail"))
        .startsWith("restarted with it: cache.service, page.service; ill-web.service was active");
    assertThat(daemon.medic("show", text(cured, "id")).expectSuccess())
        .contains("restarted with it: cache.service, page.service");
    assertThat(show("InvocationID", "cache.service")).isNotEqualTo(cache).isNotEmpty();
    assertThat(show("InvocationID", "other.service")).isEqualTo(other);
    lab.systemctl("stop", "cache.service", "page.service", "other.service");
    service.stop();
  }
}

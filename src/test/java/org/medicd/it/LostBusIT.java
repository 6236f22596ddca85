package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.it.DaemonInLab.hasRung;
import static org.medicd.it.DaemonInLab.inState;
import static org.medicd.it.DaemonInLab.rung;
import static org.medicd.it.DaemonInLab.text;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.medicd.lab.JournalOfFailure;
import org.medicd.lab.NeedsSystemd;
import org.medicd.lab.SystemdLab;

/** A host whose bus is gone: no unit can be restarted, and a person must know. */
@NeedsSystemd
@Tag("once")
class LostBusIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private SystemdLab lab;
  private DaemonInLab daemon;

  @RegisterExtension final JournalOfFailure journal = new JournalOfFailure(() -> lab);

  @BeforeEach
  void boot() throws IOException {
    lab = SystemdLab.boot();
    daemon = DaemonInLab.install(lab, UnitTreatmentIT.YAML);
    daemon.shortPatience();
  }

  @AfterEach
  void shutDown() {
    lab.close();
  }

  @Test
  void signalsWithoutTheBusThenPagesAndGoesOnTicking() throws IOException {
    SickService service = SickService.ofThreeProcesses(lab, "ill-workers.service");
    String invocation = service.show("InvocationID");
    lab.systemctl("stop", "dbus.socket", "dbus.service");
    daemon.start();
    long ticks = daemon.status().get("ticks").getAsLong();
    service.fallIll();

    JsonObject paged = daemon.awaitIncidentOf(service.name(), LIMIT, hasRung("page"));

    assertThat(text(rung(paged, "term").getAsJsonObject("outcome"), "is")).isEqualTo("done");
    assertThat(text(rung(paged, "kill").getAsJsonObject("outcome"), "is")).isEqualTo("done");
    JsonObject verdict = rung(paged, "restart-unit").getAsJsonObject("verdict");
    assertThat(text(verdict, "is")).isEqualTo("refused");
    assertThat(text(verdict, "reason"))
        .contains("the state of ill-workers.service is not known", "system_bus_socket");
    assertThat(service.show("InvocationID")).isEqualTo(invocation);
    JsonObject status = daemon.status();
    assertThat(status.get("ticks").getAsLong()).isGreaterThan(ticks + 20);
    assertThat(status.get("gaps").toString()).contains("system_bus_socket");

    lab.systemctl("start", "dbus.socket");
    lab.systemctl("stop", service.name());
    daemon.awaitIncidentOf(service.name(), LIMIT, inState("vanished"));
    assertThat(service.show("ActiveState")).isEqualTo("inactive");
  }
}

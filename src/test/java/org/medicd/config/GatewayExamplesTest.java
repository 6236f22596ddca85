package org.medicd.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.medicd.config.Alerts.Format;
import org.medicd.plan.Severity;

class GatewayExamplesTest {
  private static Alerts alerts(String name) throws IOException {
    Parsed parsed = ConfigReader.parse(name, Files.readString(Path.of("examples/gateways", name)));
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.settings().alerts().webhooks()).hasSize(1);
    return parsed.settings().alerts();
  }

  @Test
  void sms() throws IOException {
    assertThat(alerts("sms.yaml").webhooks().get(0))
        .isEqualTo(
            new Alerts.Webhook(
                "sms",
                URI.create("http://127.0.0.1:8025/"),
                null,
                Format.JSON,
                Path.of("/etc/medicd/sms.key"),
                Severity.CRITICAL));
  }

  @Test
  void pagerDutyAndAHeartbeat() throws IOException {
    Alerts alerts = alerts("pagerduty.yaml");
    assertThat(alerts.webhooks().get(0).format()).isEqualTo(Format.PAGERDUTY);
    assertThat(alerts.webhooks().get(0).url())
        .hasToString("https://events.pagerduty.com/v2/enqueue");
    assertThat(alerts.heartbeat()).isNotNull();
  }

  @Test
  void alertmanager() throws IOException {
    assertThat(alerts("alertmanager.yaml").webhooks().get(0))
        .isEqualTo(
            new Alerts.Webhook(
                "alertmanager",
                URI.create("http://127.0.0.1:9093/api/v2/alerts"),
                null,
                Format.ALERTMANAGER,
                null,
                Severity.INFO));
  }
}

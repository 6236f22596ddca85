package org.medicd.notify.web;

import com.google.gson.JsonParser;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.api.IncidentView;
import org.medicd.config.Alerts;
import org.medicd.notify.Notices;
import org.medicd.notify.Proxies;
import org.medicd.plan.Severity;
import org.medicd.record.Json;

/** Webhook channels for the tests, as the daemon makes them. */
final class Webhooks {
  static final InstantSource CLOCK = InstantSource.fixed(Notices.OPENED_AT.plusSeconds(5));

  private Webhooks() {}

  static WebClient client() {
    return new WebClient(Proxies.of(Map.of()), Duration.ofSeconds(2), null);
  }

  static Alerts.Webhook settings(URI url, Alerts.Format format, @Nullable Path secretFile) {
    return new Alerts.Webhook("pager", url, null, format, secretFile, Severity.INFO);
  }

  /** One whose address is in a file. */
  static WebhookChannel channel(Path urlFile, Alerts.Format format, @Nullable Path secretFile) {
    return WebhookChannel.of(
        new Alerts.Webhook("pager", null, urlFile, format, secretFile, Severity.INFO),
        client(),
        incident -> JsonParser.parseString(Json.write(IncidentView.of(incident))),
        CLOCK);
  }

  static WebhookChannel channel(URI url, Alerts.Format format, @Nullable Path secretFile) {
    return WebhookChannel.of(
        settings(url, format, secretFile),
        client(),
        incident -> JsonParser.parseString(Json.write(IncidentView.of(incident))),
        CLOCK);
  }
}

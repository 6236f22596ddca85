package org.medicd.daemon;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.medicd.api.IncidentView;
import org.medicd.config.Alerts;
import org.medicd.config.Exec;
import org.medicd.evidence.EvidenceDigest;
import org.medicd.linux.AdminPrograms;
import org.medicd.notify.Channel;
import org.medicd.notify.Desk;
import org.medicd.notify.Findings;
import org.medicd.notify.Proxies;
import org.medicd.notify.Wording;
import org.medicd.notify.command.CommandChannel;
import org.medicd.notify.mail.EmailChannel;
import org.medicd.notify.slack.SlackChannel;
import org.medicd.notify.web.WebClient;
import org.medicd.notify.web.WebhookChannel;
import org.medicd.plan.Incident;
import org.medicd.record.Json;

/** The channels that the configuration asks for. */
final class Channels {
  private final AdminPrograms programs;
  private final Supplier<Exec> exec;
  private final Desk desk;
  private final InstantSource clock;

  /** The admin's templates, as they were when this was asked last. */
  private volatile Wording wording = Wording.OWN;

  /** By their settings. */
  private Map<Object, Channel> known = Map.of();

  /**
   * @param exec where programs are and how they run, as it holds now
   * @param desk does what people press
   */
  Channels(AdminPrograms programs, Supplier<Exec> exec, Desk desk, InstantSource clock) {
    this.programs = programs;
    this.exec = exec;
    this.desk = desk;
    this.clock = clock;
  }

  /**
   * Those of e-mail, Slack, webhooks and programs. One whose settings are as when this was asked
   * last is the same object as then.
   */
  synchronized List<Channel> of(Alerts alerts) {
    wording = Wording.of(alerts.templates());
    Map<Object, Channel> now = new LinkedHashMap<>();
    add(now, alerts.email(), each -> new EmailChannel(each, () -> wording, clock));
    add(now, alerts.slack(), this::slack);
    if (!alerts.webhooks().isEmpty()) {
      WebClient client = new WebClient(Proxies.ofEnvironment());
      alerts
          .webhooks()
          .forEach(
              one -> add(now, one, each -> WebhookChannel.of(each, client, Channels::json, clock)));
    }
    alerts
        .commands()
        .forEach(
            one ->
                add(
                    now,
                    one,
                    each ->
                        new CommandChannel(
                            each, exec, programs, Proxies.ofEnvironment(), () -> wording)));
    known = now;
    return List.copyOf(now.values());
  }

  private Channel slack(Alerts.Slack settings) {
    EvidenceDigest digest = new EvidenceDigest();
    Findings findings = incident -> digest.of(incident.evidence());
    return new SlackChannel(settings, desk, findings, clock);
  }

  private <T> void add(
      Map<Object, Channel> now, @Nullable T settings, Function<T, Channel> constructor) {
    if (settings != null) {
      Channel before = known.get(settings);
      now.put(settings, before != null ? before : constructor.apply(settings));
    }
  }

  /** As scripts get it from the API. */
  private static JsonElement json(Incident incident) {
    return JsonParser.parseString(Json.write(IncidentView.of(incident)));
  }
}

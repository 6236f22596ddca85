package org.medicd.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Severity;

/** Reads who is told, and by which way. */
final class AlertsReader {
  private static final URI SLACK_API = URI.create("https://slack.com/api/");
  private static final List<String> SINGLE = List.of("email", "slack");
  private static final Function<String, Severity> SEVERITY = Values.oneOf(Severity.values());

  private static final Function<String, Duration> UP_TO_AN_HOUR =
      Values.duration(Duration.ZERO, Duration.ofHours(1));
  private static final Function<String, Duration> UP_TO_A_MONTH =
      Values.duration(Duration.ZERO, Duration.ofDays(30));

  private AlertsReader() {}

  static Alerts read(Section section) {
    Section email = section.optional("email");
    Section slack = section.optional("slack");
    List<Alerts.Webhook> webhooks = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section item : section.sections("webhooks")) {
      Alerts.Webhook webhook = webhook(item);
      if (webhook != null && !names.add(webhook.name())) {
        item.problem("name", "webhook " + Quoted.of(webhook.name()) + " is already given");
      } else if (webhook != null) {
        webhooks.add(webhook);
      }
    }
    Set<String> channels = new TreeSet<>(names);
    section.keys().stream().filter(SINGLE::contains).forEach(channels::add);
    List<Route> routes =
        section.sections("routes").stream().map(each -> route(each, channels)).toList();
    List<QuietHours> quietHours = new ArrayList<>();
    for (Section item : section.sections("quiet-hours")) {
      QuietHours quiet = quietHours(item, channels);
      if (quiet != null) {
        quietHours.add(quiet);
      }
    }
    Pace pace = pace(section);
    section.rejectOthers();
    return new Alerts(
        email == null ? null : email(email),
        slack == null ? null : slack(slack),
        webhooks,
        routes,
        quietHours,
        pace);
  }

  private static Route route(Section section, Set<String> channels) {
    List<String> match = section.list("match", MaintenanceReader::word);
    Severity atLeast = section.value("at-least", SEVERITY, Severity.INFO);
    List<String> to = section.list("to", text -> channel(text, channels));
    if (to == null && !section.keys().contains("to")) {
      section.problem(null, "a route needs 'to', a list of channels; [] tells nobody");
    }
    section.rejectOthers();
    return new Route(
        Objects.requireNonNullElse(match, List.of()),
        atLeast,
        Objects.requireNonNullElse(to, List.of()));
  }

  private static @Nullable QuietHours quietHours(Section section, Set<String> channels) {
    CalendarExpression calendar = section.required("calendar", MaintenanceReader::calendar);
    Duration length =
        section.required("for", Values.duration(Duration.ofSeconds(1), Duration.ofDays(30)));
    Severity below = section.value("below", SEVERITY, Severity.CRITICAL);
    List<String> those = section.list("channels", text -> channel(text, channels));
    section.rejectOthers();
    return calendar == null || length == null
        ? null
        : new QuietHours(calendar, length, below, Objects.requireNonNullElse(those, List.of()));
  }

  private static String channel(String name, Set<String> channels) {
    if (!channels.contains(name)) {
      throw new Unfit(
          Quoted.of(name) + " is no channel here: there is " + String.join(", ", channels),
          Nearest.to(name, channels));
    }
    return name;
  }

  private static Pace pace(Section section) {
    Pace usual = Pace.DEFAULT;
    return new Pace(
        section.value("group-wait", UP_TO_AN_HOUR, usual.groupWait()),
        section.value("group-interval", UP_TO_A_MONTH, usual.groupInterval()),
        section.value("most-per-minute", Values.count(1, 10_000), usual.mostPerMinute()),
        section.value("remind", UP_TO_A_MONTH, usual.remind()),
        section.value("retry-for", UP_TO_A_MONTH, usual.retryFor()));
  }

  private static Alerts.@Nullable Email email(Section section) {
    String host = section.required("host", Values::host);
    int port = section.value("port", text -> Values.port(text, 1), 25);
    Alerts.Tls tls = section.value("tls", Values.oneOf(Alerts.Tls.values()), Alerts.Tls.STARTTLS);
    String user = section.value("user", Values::text);
    Path passwordFile = section.value("password-file", Values::absolutePath);
    String from = section.value("from", Values::mailAddress);
    List<String> to = section.list("to", Values::mailAddress);
    Severity atLeast = section.value("at-least", SEVERITY, Severity.WARNING);
    section.rejectOthers();
    if (to == null && !section.keys().contains("to")) {
      section.problem(null, "'alerts.email' needs 'to', a list of receivers");
    } else if (to != null && to.isEmpty() && section.isEmptyList("to")) {
      section.problem("to", "'alerts.email.to' is empty: name at least one receiver");
    }
    checkLogin(section, host, tls);
    return host == null || to == null || to.isEmpty()
        ? null
        : new Alerts.Email(host, port, tls, user, passwordFile, from, to, atLeast);
  }

  private static void checkLogin(Section section, @Nullable String host, Alerts.Tls tls) {
    boolean user = section.keys().contains("user");
    boolean password = section.keys().contains("password-file");
    if (user != password) {
      String there = user ? "user" : "password-file";
      String lacking = user ? "password-file" : "user";
      section.problem(there, "'alerts.email." + there + "' needs '" + lacking + "' as well");
    } else if (user && tls == Alerts.Tls.NONE && host != null && !Alerts.isLoopback(host)) {
      section.problem("tls", "'alerts.email.tls: none' would send the password in the clear");
    }
  }

  private static Alerts.@Nullable Slack slack(Section section) {
    Path tokenFile = section.required("token-file", Values::absolutePath);
    Path appTokenFile = section.value("app-token-file", Values::absolutePath);
    String channel = section.required("channel", Values::text);
    URI apiUrl = section.value("api-url", Values::webFolder, SLACK_API);
    Severity atLeast = section.value("at-least", SEVERITY, Severity.WARNING);
    section.rejectOthers();
    return tokenFile == null || channel == null
        ? null
        : new Alerts.Slack(tokenFile, appTokenFile, channel, apiUrl, atLeast);
  }

  private static Alerts.@Nullable Webhook webhook(Section section) {
    String name = section.required("name", Values::name);
    URI url = section.required("url", Values::webAddress);
    Alerts.Format format =
        section.value("format", Values.oneOf(Alerts.Format.values()), Alerts.Format.JSON);
    Severity atLeast = section.value("at-least", SEVERITY, Severity.WARNING);
    section.rejectOthers();
    return name == null || url == null ? null : new Alerts.Webhook(name, url, format, atLeast);
  }
}

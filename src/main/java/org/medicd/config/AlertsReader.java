package org.medicd.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
  private static final Function<String, Duration> UP_TO_A_DAY =
      Values.duration(Duration.ofSeconds(10), Duration.ofDays(1));
  private static final Function<String, Duration> UP_TO_A_MONTH =
      Values.duration(Duration.ZERO, Duration.ofDays(30));

  private AlertsReader() {}

  static Alerts read(Section section) {
    Section email = section.optional("email");
    Section slack = section.optional("slack");
    Section heartbeat = section.optional("heartbeat");
    Set<String> channels = new TreeSet<>();
    section.keys().stream().filter(SINGLE::contains).forEach(channels::add);
    List<Alerts.Webhook> webhooks = new ArrayList<>();
    for (Section item : section.sections("webhooks")) {
      Alerts.Webhook webhook = webhook(item);
      if (webhook != null && isNew(item, webhook.name(), channels)) {
        webhooks.add(webhook);
      }
    }
    List<Alerts.Command> commands = new ArrayList<>();
    for (Section item : section.sections("commands")) {
      Alerts.Command command = command(item);
      if (command != null && isNew(item, command.name(), channels)) {
        commands.add(command);
      }
    }
    Path templates = section.value("templates", Values::absolutePath);
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
        commands,
        heartbeat == null ? null : heartbeat(heartbeat),
        templates,
        routes,
        quietHours,
        pace);
  }

  /** Routes name channels of all kinds: no two may have one name. */
  private static boolean isNew(Section section, String name, Set<String> channels) {
    boolean isNew = channels.add(name);
    if (!isNew) {
      section.problem("name", "channel " + Quoted.of(name) + " is already given");
    }
    return isNew;
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
    List<Alerts.MailServer> servers = new ArrayList<>();
    Alerts.MailServer first = mailServer(section);
    for (Section fallback : section.sections("fallbacks")) {
      Alerts.MailServer server = mailServer(fallback);
      fallback.rejectOthers();
      if (server != null) {
        servers.add(server);
      }
    }
    String from = section.value("from", Values::mailAddress);
    List<String> to = section.list("to", Values::mailAddress);
    Severity atLeast = section.value("at-least", SEVERITY, Severity.WARNING);
    section.rejectOthers();
    if (to == null && !section.keys().contains("to")) {
      section.problem(null, "'alerts.email' needs 'to', a list of receivers");
    } else if (to != null && to.isEmpty() && section.isEmptyList("to")) {
      section.problem("to", "'alerts.email.to' is empty: name at least one receiver");
    }
    if (first == null || to == null || to.isEmpty()) {
      return null;
    }
    servers.add(0, first);
    return new Alerts.Email(servers, from, to, atLeast);
  }

  private static Alerts.@Nullable MailServer mailServer(Section section) {
    String host = section.required("host", Values::host);
    int port = section.value("port", text -> Values.port(text, 1), 25);
    Alerts.Tls tls = section.value("tls", Values.oneOf(Alerts.Tls.values()), Alerts.Tls.STARTTLS);
    String user = section.value("user", Values::text);
    Path passwordFile = section.secret("password-file");
    checkLogin(section, host, tls);
    return host == null ? null : new Alerts.MailServer(host, port, tls, user, passwordFile);
  }

  private static void checkLogin(Section section, @Nullable String host, Alerts.Tls tls) {
    boolean user = section.keys().contains("user");
    boolean password = section.keys().contains("password-file");
    if (user != password) {
      String there = user ? "user" : "password-file";
      String lacking = user ? "password-file" : "user";
      String what = Quoted.of(section.pathOf(there));
      section.problem(there, what + " needs " + Quoted.of(lacking) + " as well");
    } else if (user && tls == Alerts.Tls.NONE && host != null && !Alerts.isLoopback(host)) {
      String what = Quoted.of(section.pathOf("tls") + ": none");
      section.problem("tls", what + " would send the password in the clear");
    }
  }

  private static Alerts.@Nullable Slack slack(Section section) {
    Path tokenFile = section.requiredSecret("token-file");
    Path appTokenFile = section.secret("app-token-file");
    List<String> users = section.list("users", Values::slackUser);
    String channel = section.required("channel", Values::text);
    URI apiUrl = section.value("api-url", Values::webFolder, SLACK_API);
    Severity atLeast = section.value("at-least", SEVERITY, Severity.WARNING);
    section.rejectOthers();
    return tokenFile == null || channel == null
        ? null
        : new Alerts.Slack(
            tokenFile,
            appTokenFile,
            Objects.requireNonNullElse(users, List.of()),
            channel,
            apiUrl,
            atLeast);
  }

  private static Alerts.@Nullable Webhook webhook(Section section) {
    String name = section.required("name", Values::name);
    URI url = section.value("url", Values::webAddress);
    Path urlFile = section.secret("url-file");
    section.requireOneOf("url", "url-file");
    Alerts.Format format =
        section.value("format", Values.oneOf(Alerts.Format.values()), Alerts.Format.JSON);
    Path secretFile = section.secret("secret-file");
    Severity atLeast = section.value("at-least", SEVERITY, Severity.WARNING);
    section.rejectOthers();
    if (format == Alerts.Format.PAGERDUTY && !section.keys().contains("secret-file")) {
      section.problem(
          "format",
          "'format: pagerduty' needs 'secret-file' as well: it holds the integration key");
    }
    return name == null || (url == null) == (urlFile == null)
        ? null
        : new Alerts.Webhook(name, url, urlFile, format, secretFile, atLeast);
  }

  private static Alerts.@Nullable Command command(Section section) {
    String name = section.required("name", Values::name);
    String program = section.required("program", Values::programName);
    List<String> arguments = section.list("arguments", Values::text);
    Severity atLeast = section.value("at-least", SEVERITY, Severity.WARNING);
    section.rejectOthers();
    return name == null || program == null
        ? null
        : new Alerts.Command(
            name, program, Objects.requireNonNullElse(arguments, List.of()), atLeast);
  }

  private static Alerts.@Nullable Heartbeat heartbeat(Section section) {
    Path urlFile = section.requiredSecret("url-file");
    Duration every = section.value("every", UP_TO_A_DAY, Duration.ofMinutes(1));
    Duration patience = section.value("patience", UP_TO_A_DAY, Duration.ofMinutes(10));
    section.rejectOthers();
    return urlFile == null ? null : new Alerts.Heartbeat(urlFile, every, patience);
  }
}

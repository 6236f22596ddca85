package org.medicd.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Severity;

/** Reads who is told, and by which way. */
final class AlertsReader {
  private static final URI SLACK_API = URI.create("https://slack.com/api/");
  private static final Function<String, Severity> SEVERITY = Values.oneOf(Severity.values());

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
    section.rejectOthers();
    return new Alerts(
        email == null ? null : email(email), slack == null ? null : slack(slack), webhooks);
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

package org.medicd.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medicd.plan.Mode;

/**
 * Turns the tree of the file into settings; what does not fit is a problem and its default holds.
 */
final class SettingsReader {
  private static final Duration CENTURY = Duration.ofDays(36_500);
  private static final long LEAST_STORE_BYTES = 1 << 20;
  private static final Pattern LISTEN =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^:\\[\\]]+)):([0-9]+)");
  private static final Http HTTP = new Http("127.0.0.1", 7780, null);

  private SettingsReader() {}

  static Settings read(Section top, Settings defaults) {
    Mode mode =
        top.value("mode", Values.oneOf(Mode.OBSERVE, Mode.APPROVE, Mode.ACT), defaults.mode());
    Duration tick =
        top.value(
            "tick",
            Values.duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
            defaults.tick());
    RuleSettings rules = rules(top, defaults.rules());
    GuardSettings guards = guards(top, defaults.guards());
    ActionSettings actions = ActionsReader.read(top, defaults.actions());
    Section alerts = top.optional("alerts");
    Section page = top.optional("http");
    Store store = store(top.section("store"), defaults.store());
    top.rejectOthers();
    return new Settings(
        mode,
        tick,
        rules,
        guards,
        actions,
        alerts == null ? defaults.alerts() : AlertsReader.read(alerts),
        page == null ? defaults.http() : http(page),
        store);
  }

  private static RuleSettings rules(Section top, RuleSettings defaults) {
    List<Path> folders = top.list("rules", Values::absolutePath);
    RuleSettings.Reload reload =
        top.value("reload", Values.oneOf(RuleSettings.Reload.values()), defaults.reload());
    List<String> shadow = top.list("shadow", Values::text);
    return new RuleSettings(
        Objects.requireNonNullElse(folders, defaults.folders()),
        reload,
        Objects.requireNonNullElse(shadow, defaults.shadow()),
        new LimitsReader(top.section("limits"), defaults.limits()).read());
  }

  private static GuardSettings guards(Section top, GuardSettings defaults) {
    return new GuardSettings(
        selectors(top.section("scope"), defaults.scope()),
        selectors(top.section("protect"), defaults.protect()),
        budget(top.section("budget"), defaults.budget()),
        top.value("cooldown", Values.duration(Duration.ZERO, CENTURY), defaults.cooldown()),
        top.value(
            "approval-timeout",
            Values.duration(Duration.ofSeconds(10), CENTURY),
            defaults.approvalTimeout()),
        Objects.requireNonNullElse(top.list("ask-before", Values::action), defaults.askBefore()),
        top.value("flapping", Values.count(0, 1000), defaults.flapping()),
        top.value("blast-radius", Values.percent(1, 100), defaults.blastRadiusPercent()),
        MaintenanceReader.read(top, defaults.maintenance()));
  }

  private static Selectors selectors(Section section, Selectors defaults) {
    List<String> processes = section.list("processes", Values::pattern);
    List<String> units = section.list("units", Values::unit);
    List<String> users = section.list("users", Values::pattern);
    section.rejectOthers();
    return new Selectors(
        Objects.requireNonNullElse(processes, defaults.processes()),
        Objects.requireNonNullElse(units, defaults.units()),
        Objects.requireNonNullElse(users, defaults.users()));
  }

  private static Budget budget(Section section, Budget defaults) {
    Rate perRule = section.value("per-rule", Rate::parse, defaults.perRule());
    Rate perUnit = section.value("per-unit", Rate::parse, defaults.perUnit());
    Rate perHost = section.value("per-host", Rate::parse, defaults.perHost());
    Rate reboot = section.value("reboot", Rate::parse, defaults.reboot());
    section.rejectOthers();
    return new Budget(perRule, perUnit, perHost, reboot);
  }

  private static Http http(Section section) {
    Http address = section.value("listen", SettingsReader::listen, HTTP);
    Path tokenFile = section.secret("token-file");
    section.rejectOthers();
    if (!Alerts.isLoopback(address.host()) && !section.keys().contains("token-file")) {
      section.problem(
          "listen", "'http.listen' is open to other hosts: that needs 'http.token-file' as well");
    }
    return new Http(address.host(), address.port(), tokenFile);
  }

  private static Http listen(String text) {
    Matcher listen = LISTEN.matcher(text);
    if (!listen.matches()) {
      throw new Unfit(Quoted.of(text) + " is not an address and port, as 127.0.0.1:7780");
    }
    String host = listen.group(1) != null ? listen.group(1) : Values.host(listen.group(2));
    return new Http(host, Values.port(listen.group(3), 0), null);
  }

  private static Store store(Section section, Store defaults) {
    Duration retention =
        section.value(
            "retention", Values.duration(Duration.ofMinutes(1), CENTURY), defaults.retention());
    long maxBytes = section.value("max-size", Values.size(LEAST_STORE_BYTES), defaults.maxBytes());
    long evidenceMaxBytes =
        section.value(
            "evidence-max-size", Values.size(LEAST_STORE_BYTES), defaults.evidenceMaxBytes());
    section.rejectOthers();
    return new Store(retention, maxBytes, evidenceMaxBytes);
  }
}

package org.medicd.daemon;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.medicd.act.Actions;
import org.medicd.collect.census.Census;
import org.medicd.config.Settings;
import org.medicd.daemon.chronicle.Entry;
import org.medicd.daemon.chronicle.Teller;
import org.medicd.fact.HostId;
import org.medicd.guard.Guards;
import org.medicd.incident.Incidents;
import org.medicd.linux.systemd.UnitWatch;
import org.medicd.notify.Dispatcher;
import org.medicd.plan.Diagnosis;
import org.medicd.plan.Finding;
import org.medicd.plan.Happening;
import org.medicd.plan.Incident;
import org.medicd.plan.Mode;
import org.medicd.plan.Notice;
import org.medicd.plan.Patient;
import org.medicd.plan.Post;
import org.medicd.plan.Severity;
import org.medicd.record.AuditHead;
import org.medicd.rule.RuleEngine;

/**
 * The stages of one running daemon. Rules and guards are replaced between two ticks by a reload.
 */
final class Stages implements AutoCloseable {
  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Census census;
  private final Incidents incidents;
  private final Actions actions;
  private final Leases leases;
  private final StandingOrders orders;
  private final UnitWatch units;
  private final Recorder recorder;
  private final Dispatcher dispatcher;
  private final Teller chronicle;
  private final String hostName;
  private final Consumer<String> running;
  private volatile LoadedRules rules;
  private Guards guards;
  private final InForce inForce;

  /**
   * @param chronicle is told all that happens
   * @param running told of each rule whose consequence begins, and "" when it has ended
   */
  Stages(
      Census census,
      Incidents incidents,
      Actions actions,
      Leases leases,
      StandingOrders orders,
      UnitWatch units,
      Recorder recorder,
      Dispatcher dispatcher,
      Teller chronicle,
      String hostName,
      LoadedRules rules,
      Consumer<String> running,
      Guards guards,
      InForce inForce) {
    this.census = census;
    this.incidents = incidents;
    this.actions = actions;
    this.leases = leases;
    this.orders = orders;
    this.units = units;
    this.recorder = recorder;
    this.dispatcher = dispatcher;
    this.chronicle = chronicle;
    this.hostName = hostName;
    this.rules = rules;
    this.running = running;
    this.guards = guards;
    this.inForce = inForce;
    rules.tellOfRunning(running);
    census.ask(rules.asked());
  }

  Census census() {
    return census;
  }

  Incidents incidents() {
    return incidents;
  }

  Actions actions() {
    return actions;
  }

  Leases leases() {
    return leases;
  }

  UnitWatch units() {
    return units;
  }

  Recorder recorder() {
    return recorder;
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  String hostName() {
    return hostName;
  }

  RuleEngine engine() {
    return rules.engine();
  }

  /** Rules that are only tried; null: none. */
  @Nullable Shadow shadow() {
    return rules.shadow();
  }

  Guards guards() {
    return guards;
  }

  Settings settings() {
    return inForce.settings();
  }

  /** How far medicd may go. */
  Mode mode() {
    return settings().mode();
  }

  /** What people told medicd. */
  StandingOrders orders() {
    return orders;
  }

  /** Records and tells something about medicd itself, which needs a person. */
  void tellOf(String what, List<String> because, String end, Instant now) {
    tellOf(Notice.Kind.PAGED, what, Severity.WARNING, because, end, now);
  }

  /** The same of what nobody need do anything about: it wakes nobody. */
  void mention(String what, Severity severity, List<String> because, String end, Instant now) {
    tellOf(Notice.Kind.CLOSED, what, severity, because, end, now);
  }

  private void tellOf(
      Notice.Kind kind,
      String what,
      Severity severity,
      List<String> because,
      String end,
      Instant now) {
    Diagnosis diagnosis = new Diagnosis(what, new HostId());
    Finding finding =
        new Finding(diagnosis, "medicd", severity, Mode.OBSERVE, Duration.ZERO, because, null);
    Patient host = new Patient(diagnosis.subject(), null, null, null, null, null);
    String id = ID.format(now) + "-" + what;
    Incident told = Incident.opened(id, finding, host, List.of(), now).withdrawn(end, now);
    List<Happening> happenings = List.of(new Happening(Happening.Kind.TOLD, told, -1));
    record(told, happenings, new Announcer.Announcement(kind, 0), false, now);
    recorder.tidy(now);
  }

  /** Adds to the audit trail what a person did, and what came of it. */
  void note(String what, String who, String detail) {
    recorder.store().note(what, "by " + who + ": " + detail);
  }

  /**
   * Keeps a change of an incident, and tells people of it.
   *
   * @param announced what they are to hear; null: nothing
   * @param silenced a person wants to hear nothing of it
   * @return false: it could not be journalled; what it intends must not be done
   */
  boolean record(
      Incident incident, Announcer.@Nullable Announcement announced, boolean silenced, Instant at) {
    List<Happening> happenings = Happening.between(recorder.last(incident.id()), incident);
    return record(incident, happenings, announced, silenced, at);
  }

  private boolean record(
      Incident incident,
      List<Happening> happenings,
      Announcer.@Nullable Announcement announced,
      boolean silenced,
      Instant at) {
    AuditHead head = recorder.store().head();
    String auditHead = head == null ? null : head.text();
    List<Post> posts = new ArrayList<>();
    if (announced != null) {
      Notice notice = notice(incident, announced, auditHead, at);
      posts.add(new Post(notice, dispatcher.channels(notice)));
    }
    boolean journalled = recorder.record(incident, posts);
    posts.forEach(dispatcher::tell);
    List<String> channels = posts.stream().flatMap(each -> each.channels().stream()).toList();
    Entry.of(happenings, channels, silenced, auditHead, at).forEach(chronicle::tell);
    return journalled;
  }

  private Notice notice(
      Incident incident, Announcer.Announcement announced, @Nullable String auditHead, Instant at) {
    return new Notice(
        incident.id() + "." + announced.number(),
        announced.kind(),
        incident,
        hostName,
        mode(),
        orders.current().pause(),
        auditHead,
        at);
  }

  /** Takes up new rules and settings. Only between two ticks. */
  void replace(LoadedRules newRules, Guards newGuards, Settings newSettings) {
    newRules.inherit(rules, Instant.now()).forEach(recorder.store()::put);
    rules.close();
    rules = newRules;
    rules.tellOfRunning(running);
    guards = newGuards;
    inForce.set(newSettings);
    census.ask(rules.asked());
  }

  /** Ends the rules. */
  @Override
  public void close() {
    rules.close();
  }
}

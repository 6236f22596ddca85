package org.medicd.daemon;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medicd.api.Daemon;
import org.medicd.api.IncidentView;
import org.medicd.api.Reply;
import org.medicd.api.StatusView;
import org.medicd.api.WhyView;
import org.medicd.config.Durations;
import org.medicd.config.IncidentMatch;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.linux.proc.HeldStats;
import org.medicd.plan.Incident;
import org.medicd.plan.Mode;
import org.medicd.plan.Orders;
import org.medicd.plan.Pause;
import org.medicd.plan.Silence;

/**
 * Answers from what the last tick published and from the store; what changes goes between ticks.
 */
final class View implements Daemon {
  private static final System.Logger LOG = System.getLogger(View.class.getName());
  private static final int REMEMBERED = 1_000;
  private static final Duration LONGEST_SILENCE = Duration.ofDays(30);

  private final Stages stages;
  private final Tick tick;
  private final HeldStats held;
  private final RulesWatch rules;
  private final Errands errands;
  private final Instant since;
  private final Beside beside;

  View(Stages stages, Tick tick, HeldStats held, RulesWatch rules, Instant since, Beside beside) {
    this.stages = stages;
    this.tick = tick;
    this.held = held;
    this.rules = rules;
    this.errands = new Errands(stages, tick);
    this.since = since;
    this.beside = beside;
  }

  @Override
  public StatusView status() {
    Published last = tick.published();
    Orders orders = stages.orders().current();
    Duration broken = last == null ? null : stages.guards().brokenFor(last.now());
    return new StatusView(
        String.valueOf(View.class.getPackage().getImplementationVersion()),
        stages.mode(),
        orders.pause() != null,
        since,
        last == null ? 0 : last.tick(),
        last == null ? 0 : last.took().toNanos() / 1e6,
        tick.times().view(),
        last == null ? 0 : last.seen().processes().size(),
        last == null ? List.of() : last.seen().aspects(),
        last == null ? List.of() : last.seen().gaps(),
        last == null ? 0 : last.seen().gaps().size(),
        last == null ? 0 : last.open().size(),
        stages.engine().rules(),
        stages.engine().setAside().stream().sorted().toList(),
        shadow(),
        channels(),
        stages.recorder().store().health(),
        held.size(),
        orders.pause(),
        orders.silences(),
        broken == null ? null : (Long) broken.toSeconds(),
        last == null ? List.of() : stages.guards().maintenance(last.seen().at()));
  }

  private List<StatusView.Channel> channels() {
    Stream<StatusView.Channel> channels =
        stages.dispatcher().tallies().stream()
            .map(
                tally ->
                    new StatusView.Channel(
                        tally.channel(),
                        tally.pending(),
                        tally.delivered(),
                        tally.failed(),
                        tally.failingSince(),
                        tally.problem()));
    return Stream.concat(channels, beside.heartbeat().stream()).toList();
  }

  private StatusView.@Nullable Shadow shadow() {
    Shadow shadow = stages.shadow();
    return shadow == null ? null : new StatusView.Shadow(shadow.rules(), shadow.incidents().size());
  }

  @Override
  public List<IncidentView> incidents(boolean all) {
    Map<String, Incident> found = new LinkedHashMap<>();
    stages.recorder().recent().forEach(each -> found.put(each.id(), each));
    return views(found, all, false);
  }

  @Override
  public List<IncidentView> shadows(boolean all) {
    Map<String, Incident> found = new LinkedHashMap<>();
    tried().forEach(each -> found.put(each.id(), each));
    return views(found, all, true);
  }

  /**
   * @param known those that need not be looked for on the disk
   * @param shadow those that were only tried, else the real ones
   */
  private List<IncidentView> views(Map<String, Incident> known, boolean all, boolean shadow) {
    if (all) {
      stored().stream()
          .filter(each -> (each.mode() == Mode.SHADOW) == shadow)
          .forEach(each -> known.putIfAbsent(each.id(), each));
    }
    return known.values().stream()
        .filter(each -> all || !each.state().isClosed())
        .sorted(Comparator.comparing(Incident::openedAt).reversed())
        .map(IncidentView::of)
        .toList();
  }

  /** What is on the disk; a disk that does not answer hides only what is older than a day. */
  private List<Incident> stored() {
    try {
      return stages.recorder().store().recent(REMEMBERED);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "older incidents are not shown: " + e.getMessage());
      return List.of();
    }
  }

  @Override
  public Optional<IncidentView> incident(String id) throws IOException {
    return find(id).map(IncidentView::of).map(this::withRecording);
  }

  Optional<Incident> find(String id) throws IOException {
    Optional<Incident> recent =
        Stream.concat(stages.recorder().recent().stream(), tried().stream())
            .filter(each -> each.id().equals(id))
            .findFirst();
    return recent.isPresent() ? recent : stages.recorder().store().find(id);
  }

  Errands errands() {
    return errands;
  }

  /** How far medicd goes now, at most. */
  Mode mode() {
    return stages.mode();
  }

  @Nullable Pause paused() {
    return stages.orders().current().pause();
  }

  /**
   * What the flight recorder has of it is kept of every incident, also where nothing was captured.
   */
  private IncidentView withRecording(IncidentView view) {
    String folder = stages.recorder().evidenceOf(view.id());
    return folder == null ? view : view.withEvidence(folder);
  }

  private List<Incident> tried() {
    Shadow shadow = stages.shadow();
    return shadow == null ? List.of() : shadow.incidents();
  }

  @Override
  public Optional<WhyView> why(int pid) {
    Published last = tick.published();
    Proc proc = last == null ? null : last.seen().processes().get(pid);
    return last == null || proc == null
        ? Optional.empty()
        : Optional.of(new Why(last, stages.engine(), stages.guards()).of(proc));
  }

  /** The same of a process that may have ended: another one of its pid is not it. */
  Optional<WhyView> why(ProcessId id) {
    Published last = tick.published();
    return last == null || last.seen().find(id) == null ? Optional.empty() : why(id.pid());
  }

  @Override
  public Reply approve(String id, String who) {
    return errands.approve(id, Errands.WHICHEVER, who);
  }

  @Override
  public Reply deny(String id, String who) {
    return errands.deny(id, Errands.WHICHEVER, who);
  }

  @Override
  public Reply pause(String who, @Nullable String reason) {
    String known = stages.orders().pause(who, reason);
    Reply undone =
        errands.between(
            () -> {
              tick.letGo();
              return Reply.done("");
            });
    String leases = undone.done() ? "" : "; what it holds may still be held: " + undone.message();
    String done = "paused: medicd waits before it acts, " + known + leases;
    return errands.noted("pause", who, reason == null ? "" : reason, Reply.done(done));
  }

  @Override
  public Reply resume(String who) {
    stages.orders().resume();
    return errands.noted(
        "resume",
        who,
        "",
        errands.between(
            () -> {
              stages.guards().pardon(tick.now());
              return Reply.done("resumed");
            }));
  }

  @Override
  public Reply silence(
      List<String> match, @Nullable String length, String who, @Nullable String reason) {
    try {
      IncidentMatch.parse(match);
      Duration lasts = Durations.parse(length == null ? "" : length);
      if (lasts.isZero() || lasts.compareTo(LONGEST_SILENCE) > 0) {
        return Reply.refused("a silence lasts from 1s to 30d, not " + length);
      }
      Silence silence = stages.orders().silence(match, lasts, who, reason);
      String end = " (medic unsilence " + silence.id() + ")";
      String about = String.join(" ", match) + (reason == null ? "" : ", " + reason);
      return errands.noted(
          "silence", who, about, Reply.done("silenced until " + silence.until() + end));
    } catch (IllegalArgumentException e) {
      return Reply.refused(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Reply unsilence(String id, String who) {
    return errands.noted(
        "unsilence",
        who,
        id,
        stages.orders().unsilence(id)
            ? Reply.done("silenced no longer")
            : Reply.refused("there is no silence " + id + "; see medic status"));
  }

  @Override
  public Reply reload(String who) {
    return errands.noted("reload", who, "", rules.reload());
  }
}

package org.medicd.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to an incident.
 *
 * @param kind what
 * @param incident as it is since then, and since what happened to it at the same time
 * @param number of the step that it is about, from 0; -1: about none
 */
public record Happening(Kind kind, Incident incident, int number) {
  /** What may happen. */
  public enum Kind {
    /** For the first time, or it was closed too early. */
    OPENED,
    /** The guards let a rung through, refused or rehearsed it. */
    VERDICT,
    /** A rung waits for a person who allows it. */
    ASKED,
    /** What came of a rung. */
    OUTCOME,
    /** Its last rung did not help. */
    EXHAUSTED,
    CLOSED,
    /** It is about medicd itself, and over as soon as it is told. */
    TOLD
  }

  /** The step that it is about; empty: none. */
  public Optional<Step> step() {
    return number < 0 ? Optional.empty() : Optional.of(incident.steps().get(number));
  }

  /**
   * What happened between two snapshots of one incident, in order. Steps are only added and
   * completed, so that a snapshot which was passed over in between takes nothing along but verdicts
   * that were replaced.
   *
   * @param before null where the incident is new
   */
  public static List<Happening> between(@Nullable Incident before, Incident after) {
    List<Happening> all = new ArrayList<>();
    if (before == null || (before.state().isClosed() && !after.state().isClosed())) {
      all.add(new Happening(Kind.OPENED, after, -1));
    }
    for (int i = 0; i < after.steps().size(); i++) {
      addStep(
          all,
          before != null && i < before.steps().size() ? before.steps().get(i) : null,
          after,
          i);
    }
    IncidentState was = before == null ? IncidentState.OPEN : before.state();
    if (after.state() == IncidentState.EXHAUSTED && was != IncidentState.EXHAUSTED) {
      all.add(new Happening(Kind.EXHAUSTED, after, -1));
    } else if (after.state().isClosed() && !was.isClosed()) {
      all.add(new Happening(Kind.CLOSED, after, -1));
    }
    return List.copyOf(all);
  }

  private static void addStep(
      List<Happening> all, @Nullable Step known, Incident after, int number) {
    Step step = after.steps().get(number);
    boolean same = known != null && known.action().equals(step.action());
    if (known == null || !same || !known.verdict().isSameAs(step.verdict())) {
      boolean asks = step.verdict() instanceof Verdict.AwaitingApproval;
      all.add(new Happening(asks ? Kind.ASKED : Kind.VERDICT, after, number));
    }
    Outcome outcome = step.outcome();
    if (outcome != null && (known == null || !same || !outcome.equals(known.outcome()))) {
      all.add(new Happening(Kind.OUTCOME, after, number));
    }
  }
}

package org.medicd.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Incident;
import org.medicd.plan.Outcome;
import org.medicd.plan.Patient;
import org.medicd.plan.Step;
import org.medicd.plan.Verdict;

/**
 * What happened between two snapshots of one incident. Steps are only added and completed, so that
 * a snapshot which was passed over in between takes nothing along but verdicts that were replaced.
 */
final class AuditTrail {
  private AuditTrail() {}

  /** An audit line before it has its number. */
  record Entry(Instant at, String what, String detail) {}

  /**
   * Every opening, verdict, outcome and closing in order.
   *
   * @param before null where the incident is new
   * @param at when the later snapshot was made: stands where the incident has no time of its own
   */
  static List<Entry> between(@Nullable Incident before, Incident after, Instant at) {
    List<Entry> entries = new ArrayList<>();
    if (before == null) {
      entries.add(new Entry(after.openedAt(), "opened", opening(after)));
    }
    for (int i = 0; i < after.steps().size(); i++) {
      Step known = before != null && i < before.steps().size() ? before.steps().get(i) : null;
      addStep(entries, known, after.steps().get(i), at);
    }
    if (after.state().isClosed() && (before == null || !before.state().isClosed())) {
      Instant closedAt = after.closedAt() != null ? after.closedAt() : at;
      String why = after.closedBecause() != null ? ": " + after.closedBecause() : "";
      entries.add(new Entry(closedAt, "closed", Tag.of(after.state()) + why));
    }
    return List.copyOf(entries);
  }

  private static void addStep(List<Entry> entries, @Nullable Step known, Step step, Instant at) {
    String action = step.action().label() + ": ";
    if (known == null || !sameAnswer(known.verdict(), step.verdict())) {
      Instant when = known == null ? step.at() : at;
      entries.add(new Entry(when, "verdict", action + words(step.verdict())));
    }
    Outcome outcome = step.outcome();
    if (outcome != null && (known == null || !outcome.equals(known.outcome()))) {
      entries.add(new Entry(at, "outcome", action + words(outcome)));
    }
  }

  /** A refusal whose reason counts down ("14 s left") is one refusal. */
  private static boolean sameAnswer(Verdict before, Verdict after) {
    if (before instanceof Verdict.Refused was && after instanceof Verdict.Refused is) {
      return was.guard().equals(is.guard()) && was.forGood() == is.forGood();
    }
    return before.equals(after);
  }

  private static String opening(Incident incident) {
    Patient patient = incident.patient();
    StringBuilder text = new StringBuilder();
    text.append(incident.diagnosis()).append(" of ").append(patient.subject());
    if (patient.comm() != null) {
      text.append(" (").append(patient.comm()).append(')');
    }
    if (patient.unit() != null) {
      text.append(" in ").append(patient.unit());
    }
    text.append(", by rule \"").append(incident.rule()).append('"');
    if (!incident.because().isEmpty()) {
      text.append(": ").append(String.join("; ", incident.because()));
    }
    return text.toString();
  }

  private static String words(Verdict verdict) {
    String tag = Tag.of(verdict.getClass());
    if (verdict instanceof Verdict.Refused refused) {
      String end = refused.forGood() ? " (for good)" : "";
      return tag + " by " + refused.guard() + ": " + refused.why() + end;
    }
    return verdict instanceof Verdict.Rehearsed rehearsed ? tag + ": " + rehearsed.why() : tag;
  }

  private static String words(Outcome outcome) {
    String why = "";
    if (outcome instanceof Outcome.Done done) {
      why = done.detail();
    } else if (outcome instanceof Outcome.Vanished vanished) {
      why = vanished.why();
    } else if (outcome instanceof Outcome.Failed failed) {
      why = failed.why();
    } else if (outcome instanceof Outcome.TimedOut timedOut) {
      why = timedOut.why();
    } else if (outcome instanceof Outcome.InDoubt inDoubt) {
      why = inDoubt.why();
    }
    return Tag.of(outcome.getClass()) + (why.isEmpty() ? "" : ": " + why);
  }
}

package org.medicd.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Happening;
import org.medicd.plan.Incident;
import org.medicd.plan.Outcome;
import org.medicd.plan.Patient;
import org.medicd.plan.Step;
import org.medicd.plan.Verdict;

/** The lines of the audit trail about what happened between two snapshots of one incident. */
final class AuditTrail {
  private AuditTrail() {}

  /** An audit line before it has its number. */
  record Entry(Instant at, String what, String detail) {}

  /**
   * Every opening (also of one that was closed too early), verdict, outcome and closing in order.
   *
   * @param before null where the incident is new
   * @param at when the later snapshot was made: stands where the incident has no time of its own
   */
  static List<Entry> between(@Nullable Incident before, Incident after, Instant at) {
    List<Entry> entries = new ArrayList<>();
    for (Happening each : Happening.between(before, after)) {
      switch (each.kind()) {
        case OPENED -> {
          Instant openedAt = before == null ? after.openedAt() : at;
          entries.add(new Entry(openedAt, "opened", opening(after)));
        }
        case VERDICT, ASKED -> {
          Step step = after.steps().get(each.number());
          boolean isNew = before == null || each.number() >= before.steps().size();
          String answer = step.action().label() + ": " + words(step.verdict());
          entries.add(new Entry(isNew ? step.at() : at, "verdict", answer));
        }
        case OUTCOME -> {
          Step step = after.steps().get(each.number());
          if (step.outcome() != null) {
            String end = step.action().label() + ": " + words(step.outcome());
            entries.add(new Entry(at, "outcome", end));
          }
        }
        case CLOSED -> {
          Instant closedAt = after.closedAt() != null ? after.closedAt() : at;
          String why = after.closedBecause() != null ? ": " + after.closedBecause() : "";
          entries.add(new Entry(closedAt, "closed", Tag.of(after.state()) + why));
        }
        case EXHAUSTED, TOLD -> {} // follows from the steps
      }
    }
    return List.copyOf(entries);
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

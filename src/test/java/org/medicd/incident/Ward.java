package org.medicd.incident;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medicd.fact.HostId;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Scene;
import org.medicd.fact.Snapshot;
import org.medicd.fact.Subject;
import org.medicd.plan.Action;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Assessment;
import org.medicd.plan.Assessments;
import org.medicd.plan.Diagnosis;
import org.medicd.plan.Finding;
import org.medicd.plan.Incident;
import org.medicd.plan.Intent;
import org.medicd.plan.Mode;
import org.medicd.plan.Outcome;
import org.medicd.plan.Report;
import org.medicd.plan.Rung;
import org.medicd.plan.Severity;
import org.medicd.plan.Symptom;
import org.medicd.plan.Treatment;
import org.medicd.plan.Verdict;

/** Runs incidents second by second, with verdicts and outcomes as a test wants them. */
final class Ward {
  static final Duration FOR = Duration.ofSeconds(3);

  final Scene scene = new Scene();
  final Incidents incidents = new Incidents();
  final List<String> did = new ArrayList<>();

  /** Rungs that the guards were told to count as a treatment. */
  final List<String> counted = new ArrayList<>();

  private final Map<Subject, List<Rung>> diagnosed = new LinkedHashMap<>();
  private final Map<String, Incident> latest = new LinkedHashMap<>();
  Verdict verdict = new Verdict.Allowed();
  boolean outcomesCome = true;
  Outcome outcome = new Outcome.Done("");
  boolean rulesBeginAnew;
  Duration now = Duration.ZERO;

  static Rung rung(Kind kind, int patienceSeconds) {
    return new Rung(new Action(kind), Duration.ofSeconds(patienceSeconds), null);
  }

  Ward diagnosed(int pid, Rung... ladder) {
    return diagnosed(new ProcessId(pid, 1000), ladder);
  }

  Ward diagnosed(Subject subject, Rung... ladder) {
    diagnosed.put(subject, List.of(ladder));
    return this;
  }

  Ward cured(int pid) {
    return cured(new ProcessId(pid, 1000));
  }

  Ward cured(Subject subject) {
    diagnosed.remove(subject);
    return this;
  }

  Ward ended(int pid) {
    scene.gone(pid);
    return cured(pid);
  }

  /** One tick a second; what is allowed is done at once, with the outcome Done. */
  Ward pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      tick();
    }
    return this;
  }

  private void tick() {
    now = now.plusSeconds(1);
    Snapshot seen = scene.after(Duration.ofSeconds(1));
    for (Intent intent : incidents.consider(assessment(), seen, now)) {
      incidents.judged(intent, verdict, seen, now);
      if (verdict instanceof Verdict.Allowed) {
        did.add(intent.action().label() + " " + targets(intent));
        if (intent.first() && intent.action().disrupts()) {
          counted.add(intent.action().label());
        }
        if (outcomesCome) {
          incidents.ended(new Report(intent.incident(), intent.rung(), outcome, null), now);
        }
      }
    }
    incidents.takeChanges().forEach(each -> latest.put(each.id(), each));
  }

  private static String targets(Intent intent) {
    return String.join(",", intent.targets().stream().map(id -> "" + id.pid()).toList());
  }

  private Assessment assessment() {
    List<Finding> findings = new ArrayList<>();
    diagnosed.forEach(
        (subject, ladder) ->
            findings.add(
                new Finding(
                    new Diagnosis("trouble", subject),
                    "diagnosis: trouble",
                    Severity.WARNING,
                    Mode.ACT,
                    FOR,
                    List.of("it looks bad"),
                    new Treatment("treatment", ladder))));
    boolean anew = rulesBeginAnew;
    rulesBeginAnew = false;
    return Assessments.of(findings, Set.of(new Symptom("host-busy", new HostId())), anew);
  }

  List<Incident> all() {
    return List.copyOf(latest.values());
  }

  Incident only() {
    if (latest.size() != 1) {
      throw new AssertionError("not one incident but " + latest);
    }
    return all().get(0);
  }
}

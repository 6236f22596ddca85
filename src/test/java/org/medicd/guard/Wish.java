package org.medicd.guard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Selectors;
import org.medicd.fact.HostId;
import org.medicd.fact.Lineage;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.fact.ProcessMaker;
import org.medicd.fact.Scene;
import org.medicd.fact.Snapshot;
import org.medicd.fact.Subject;
import org.medicd.fact.UnitId;
import org.medicd.plan.Action;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Assessments;
import org.medicd.plan.Intent;
import org.medicd.plan.Mode;
import org.medicd.plan.Orders;
import org.medicd.plan.Patient;
import org.medicd.plan.Symptom;
import org.medicd.plan.Verdict;

/** An intent for tests: TERM to one ordinary process, until it is told otherwise. */
final class Wish {
  final Scene scene = new Scene();
  private final List<ProcessId> targets = new ArrayList<>();
  private Action action = new Action(Kind.TERM);
  private @Nullable Patient patient;
  private String rule = "diagnosis: trouble";
  private Mode ruleMode = Mode.ACT;
  private Mode mode = Mode.ACT;
  private Orders orders = Orders.NONE;
  private @Nullable String gate;
  private final List<Symptom> symptoms = new ArrayList<>();
  private boolean first = true;
  private boolean mends;
  private boolean approved;
  private Duration now = Duration.ofHours(1);
  private boolean earnest = true;

  /** About this process, which is also seen. */
  static Wish about(int pid, UnaryOperator<ProcessMaker> how) {
    return new Wish().and(pid, how);
  }

  static Wish aboutAnybody() {
    return about(50, process -> process.named("victim"));
  }

  static Wish about(Subject subject) {
    Wish wish = new Wish();
    String unit = subject instanceof UnitId named ? named.name() : null;
    wish.patient = new Patient(subject, null, null, null, unit, null);
    return wish;
  }

  /** One more target. */
  Wish and(int pid, UnaryOperator<ProcessMaker> how) {
    Proc proc = how.apply(new ProcessMaker(pid)).make();
    scene.has(pid, how);
    targets.add(proc.id());
    if (patient == null) {
      patient =
          new Patient(
              proc.id(),
              proc.comm(),
              proc.executable(),
              proc.user(),
              proc.unit(),
              Lineage.of(proc));
    }
    return this;
  }

  Wish to(Kind kind) {
    action = new Action(kind);
    return this;
  }

  Wish to(Action other) {
    action = other;
    return this;
  }

  Wish by(String name) {
    rule = name;
    return this;
  }

  Wish ruleMode(Mode furthest) {
    ruleMode = furthest;
    return this;
  }

  Wish mode(Mode now) {
    mode = now;
    return this;
  }

  Wish onlyWhile(String symptom) {
    gate = symptom;
    return this;
  }

  Wish holding(String symptom) {
    symptoms.add(new Symptom(symptom, new HostId()));
    return this;
  }

  Wish holding(String symptom, Subject about) {
    symptoms.add(new Symptom(symptom, about));
    return this;
  }

  Wish laterRung() {
    first = false;
    return this;
  }

  Wish mending() {
    mends = true;
    return this;
  }

  Wish approved() {
    approved = true;
    return this;
  }

  /** It is only asked what would be said. */
  Wish inTheory() {
    earnest = false;
    return this;
  }

  Wish at(Duration time) {
    now = time;
    return this;
  }

  Duration now() {
    return now;
  }

  Patient patient() {
    if (patient == null) {
      throw new AssertionError("a wish about nobody");
    }
    return patient;
  }

  Intent intent() {
    return new Intent(
        "20260102-1",
        "trouble",
        rule,
        ruleMode,
        0,
        action,
        patient(),
        targets,
        gate,
        first,
        mends,
        false,
        approved);
  }

  Wish under(Orders standing) {
    orders = standing;
    return this;
  }

  Situation situation() {
    Snapshot seen = scene.after(Duration.ofSeconds(1));
    return new Situation(
        seen, Assessments.of(List.of(), symptoms, false), mode, orders, now, earnest);
  }

  /** What this guard says, in words; "" where it has nothing against it. */
  String judgedBy(Guard guard) {
    return guard.judge(intent(), situation()).map(Verdict::words).orElse("");
  }

  static Selectors processes(String... patterns) {
    return new Selectors(List.of(patterns), List.of(), List.of());
  }

  static Selectors units(String... patterns) {
    return new Selectors(List.of(), List.of(patterns), List.of());
  }

  static Selectors users(String... patterns) {
    return new Selectors(List.of(), List.of(), List.of(patterns));
  }
}

package org.medicd.daemon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.medicd.api.WhyView;
import org.medicd.fact.Gap;
import org.medicd.fact.HostId;
import org.medicd.fact.Lineage;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcState;
import org.medicd.fact.Subject;
import org.medicd.fact.UnitId;
import org.medicd.guard.Guards;
import org.medicd.guard.Situation;
import org.medicd.plan.Action;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Grounds;
import org.medicd.plan.Incident;
import org.medicd.plan.Intent;
import org.medicd.plan.Mode;
import org.medicd.plan.Patient;
import org.medicd.plan.Rung;
import org.medicd.plan.Symptom;
import org.medicd.rule.RuleEngine;

/** Says in words what a process is and does, what medicd thinks of it, and what it would do. */
final class Why {
  private static final List<Action> USUAL =
      Stream.of(Kind.TERM, Kind.KILL, Kind.RESTART_UNIT).map(Action::new).toList();

  private final Published last;
  private final RuleEngine engine;
  private final Guards guards;

  Why(Published last, RuleEngine engine, Guards guards) {
    this.last = last;
    this.engine = engine;
    this.guards = guards;
  }

  WhyView of(Proc proc) {
    return new WhyView(
        proc.id().pid(),
        proc.comm(),
        does(proc),
        symptoms(proc),
        engine.explainer().nearMisses(proc).values().stream().flatMap(List::stream).toList(),
        would(proc),
        last.seen().gaps().stream().filter(gap -> isAbout(gap, proc)).toList());
  }

  /** Those about itself first, then those of its unit and of the host, which gates may ask for. */
  private List<WhyView.Held> symptoms(Proc proc) {
    List<Subject> subjects = new ArrayList<>(List.of(proc.id()));
    if (proc.unit() != null) {
      subjects.add(new UnitId(proc.unit()));
    }
    subjects.add(new HostId());
    return last.assessed().grounds().entrySet().stream()
        .filter(each -> subjects.contains(each.getKey().subject()))
        .sorted(
            Comparator.comparingInt(
                    (Map.Entry<Symptom, Grounds> each) -> subjects.indexOf(each.getKey().subject()))
                .thenComparing(each -> each.getKey().name()))
        .map(each -> held(each.getKey(), each.getValue(), proc))
        .toList();
  }

  private WhyView.Held held(Symptom symptom, Grounds grounds, Proc proc) {
    boolean itself = symptom.subject().equals(proc.id());
    List<WhyView.LeadsTo> leadsTo = new ArrayList<>();
    engine
        .explainer()
        .leadsTo(symptom.name())
        .forEach((name, lasting) -> leadsTo.add(new WhyView.LeadsTo(name, lasting.toSeconds())));
    return new WhyView.Held(
        symptom.name(),
        itself ? null : symptom.subject().toString(),
        grounds.rule(),
        grounds.since(),
        grounds.because(),
        itself ? engine.explainer().values(grounds.rule(), proc) : List.of(),
        leadsTo);
  }

  private static boolean isAbout(Gap gap, Proc proc) {
    return gap.subject().equals(proc.id().toString()) || gap.subject().equals(proc.unit());
  }

  private List<String> does(Proc proc) {
    List<String> words = new ArrayList<>();
    words.add(identity(proc));
    words.add("It is " + proc.state().meaning() + waiting(proc) + ".");
    words.add(
        "It uses "
            + percent(proc.cpuPercent())
            + " of a core now and "
            + percent(proc.cpuAvg10())
            + " over 10 s; it demands "
            + percent(proc.demandAvg10())
            + ".");
    words.add(memory(proc));
    if (proc.zombieChildren() > 0) {
      words.add(proc.zombieChildren() + " of its children have ended and it has not reaped them.");
    }
    if (proc.exempt()) {
      words.add("medicd never judges it: it is a kernel thread or medicd's own.");
    }
    last.open().stream()
        .filter(incident -> incident.members().contains(proc.id()))
        .map(this::incident)
        .forEach(words::add);
    return words;
  }

  private String identity(Proc proc) {
    Duration age = Duration.between(proc.startedAt(), last.seen().at());
    return (proc.executable() == null ? "An unknown executable" : proc.executable())
        + " of user "
        + Objects.requireNonNullElse(proc.user(), "unknown")
        + ", child of pid "
        + proc.parent()
        + (proc.unit() == null ? ", in no unit" : ", in " + proc.unit())
        + ", "
        + proc.threads()
        + (proc.threads() == 1 ? " thread" : " threads")
        + ", running for "
        + age.toSeconds()
        + " s.";
  }

  private static String waiting(Proc proc) {
    if (proc.state() == ProcState.ZOMBIE || (proc.wchan() == null && proc.waitsOn() == null)) {
      return "";
    }
    return (proc.wchan() == null ? "" : ", in the kernel function " + proc.wchan())
        + (proc.waitsOn() == null ? "" : ", waiting for " + proc.waitsOn())
        + (proc.blockedSeconds() == null
            ? ""
            : String.format(Locale.ROOT, ", for %.0f s", proc.blockedSeconds()));
  }

  private static String memory(Proc proc) {
    String growth =
        proc.memoryGrowth().perHour() == null
            ? "no steady growth is known"
            : "it grows by " + mebibytes(proc.memoryGrowth().perHour().longValue()) + " an hour";
    return "It has " + mebibytes(proc.rssBytes()) + " resident; " + growth + ".";
  }

  private static String mebibytes(java.lang.@org.jspecify.annotations.Nullable Long bytes) {
    return bytes == null ? "unknown" : bytes / (1 << 20) + " MiB";
  }

  private static String percent(@org.jspecify.annotations.Nullable Double value) {
    return value == null ? "unknown" : String.format(Locale.ROOT, "%.1f %%", value);
  }

  private String incident(Incident incident) {
    return "Incident "
        + incident.id()
        + " ("
        + incident.diagnosis()
        + ") is "
        + incident.state().name().toLowerCase(Locale.ROOT)
        + ": "
        + String.join("; ", incident.because());
  }

  /** The rungs still to come of its incidents; without one, the usual ones, were it diagnosed. */
  private List<WhyView.Would> would(Proc proc) {
    List<WhyView.Would> would = new ArrayList<>();
    for (Incident incident : last.open()) {
      if (incident.members().contains(proc.id()) && incident.treatment() != null) {
        List<Rung> rungs = incident.treatment().rungs();
        rungs
            .subList(Math.min(incident.next(), rungs.size()), rungs.size())
            .forEach(rung -> would.add(would(proc, incident.rule(), incident.mode(), rung)));
        return would;
      }
    }
    USUAL.forEach(
        action -> would.add(would(proc, "", Mode.ACT, new Rung(action, Duration.ZERO, null))));
    return would;
  }

  private WhyView.Would would(Proc proc, String rule, Mode mode, Rung rung) {
    Patient patient =
        new Patient(
            proc.id(), proc.comm(), proc.executable(), proc.user(), proc.unit(), Lineage.of(proc));
    Intent intent =
        new Intent(
            "",
            "",
            rule,
            mode,
            0,
            rung.action(),
            patient,
            List.of(proc.id()),
            rung.gate(),
            true,
            false,
            false,
            false);
    Situation situation =
        new Situation(last.seen(), last.assessed(), last.mode(), last.orders(), last.now(), false);
    return new WhyView.Would(rung.action().label(), guards.weigh(intent, situation).words());
  }
}

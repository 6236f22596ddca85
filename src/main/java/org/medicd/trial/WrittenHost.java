package org.medicd.trial;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Quoted;
import org.medicd.config.Unfit;
import org.medicd.fact.Fact;
import org.medicd.fact.Host;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcState;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Snapshot;
import org.medicd.fact.Unit;
import org.medicd.record.Blank;

/** The host of a scenario: what was said of it so far is what is seen of it. */
final class WrittenHost {
  static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private static final int FIRST_PID = 1001;
  private static final Named HOST = new Named(FactKind.HOST, "", 1);

  private record Named(FactKind kind, String name, int number) {}

  private final Map<Named, Fact> facts = new LinkedHashMap<>();
  private final Map<String, ProcessId> processes = new LinkedHashMap<>();
  private final Set<String> saidOfHost = new HashSet<>();
  private Map<Integer, Proc> told = Map.of();
  private int nextPid = FIRST_PID;
  private Duration since = Duration.ZERO;

  WrittenHost() {
    facts.put(HOST, begin(HOST));
  }

  /**
   * Takes what is said of a fact.
   *
   * @throws Unfit where it speaks of a process that there is not
   */
  void apply(FactEdit edit) {
    for (int number = 1; number <= edit.count(); number++) {
      Named named = new Named(edit.kind(), edit.name(), number);
      if (edit.gone()) {
        facts.remove(named);
      } else {
        Fact begun = facts.containsKey(named) ? facts.get(named) : begin(named);
        facts.put(named, with(begun, edit.fields()));
      }
    }
    if (edit.kind() == FactKind.HOST) {
      edit.fields().forEach(field -> saidOfHost.add(field.path().get(0)));
    }
  }

  private Fact begin(Named named) {
    ProcessId process = new ProcessId(nextPid, nextPid);
    if (named.kind() == FactKind.PROC) {
      nextPid++;
      processes.merge(named.name(), process, (first, next) -> named.number() == 1 ? next : first);
    } else if (named.kind().isAboutAProcess()) {
      process = named.name().contains(".") ? process : process(named.name());
    }
    return named.kind().begin(named.name(), process, facts.size());
  }

  private Fact with(Fact fact, List<FactEdit.Field> fields) {
    Object now = fact;
    for (FactEdit.Field field : fields) {
      now = Blank.with(now, field.path(), resolved(field));
    }
    return (Fact) now;
  }

  private @Nullable Object resolved(FactEdit.Field field) {
    if (!(field.value() instanceof FieldValue.ProcessName named)) {
      return field.value();
    }
    ProcessId process = process(named.name());
    return field.path().equals(List.of("parent")) ? (Object) process.pid() : process;
  }

  private ProcessId process(String name) {
    ProcessId process = processes.get(name);
    if (process == null) {
      throw new Unfit(
          "no process goes by the name " + Quoted.of(name) + " yet: say 'proc " + name + "' first");
    }
    return process;
  }

  /** What is seen after that much time has passed. */
  Snapshot after(Duration elapsed) {
    since = since.plus(elapsed);
    Map<Integer, Proc> procs = new LinkedHashMap<>();
    Map<String, Unit> units = new LinkedHashMap<>();
    List<Fact> others = new ArrayList<>();
    for (Fact fact : facts.values()) {
      if (fact instanceof Proc proc) {
        procs.put(proc.id().pid(), proc);
      } else if (fact instanceof Unit unit) {
        units.put(unit.name(), unit);
      } else if (!(fact instanceof Host)) {
        others.add(fact);
      }
    }
    procs.values().stream()
        .map(Proc::unit)
        .filter(Objects::nonNull)
        .forEach(unit -> units.computeIfAbsent(unit, WrittenHost::activeUnit));
    Set<Integer> stirred = stirred(procs);
    told = Map.copyOf(procs);
    return new Snapshot(
        BEGIN.plus(since),
        elapsed,
        host(procs),
        told,
        stirred,
        Map.copyOf(units),
        List.copyOf(others),
        List.of(),
        List.of());
  }

  private static Unit activeUnit(String name) {
    return (Unit) FactKind.UNIT.begin(name, new ProcessId(0, 0), 0);
  }

  private Set<Integer> stirred(Map<Integer, Proc> procs) {
    Set<Integer> stirred = new LinkedHashSet<>();
    procs.forEach(
        (pid, proc) -> {
          if (told.get(pid) != proc) {
            stirred.add(pid);
          }
        });
    told.keySet().stream().filter(pid -> !procs.containsKey(pid)).forEach(stirred::add);
    return stirred;
  }

  /** What was not said of the host is counted. */
  private Host host(Map<Integer, Proc> procs) {
    Object host = Objects.requireNonNull(facts.get(HOST));
    host = counted(host, "processes", procs.size());
    host = counted(host, "zombies", count(procs, ProcState.ZOMBIE));
    return (Host) counted(host, "blocked", count(procs, ProcState.DISK_SLEEP));
  }

  private Object counted(Object host, String field, int count) {
    return saidOfHost.contains(field) ? host : Blank.with(host, List.of(field), count);
  }

  private static int count(Map<Integer, Proc> procs, ProcState state) {
    return (int) procs.values().stream().filter(proc -> proc.state() == state).count();
  }
}

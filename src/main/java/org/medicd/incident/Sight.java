package org.medicd.incident;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.GroupId;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcState;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Snapshot;
import org.medicd.fact.Subject;
import org.medicd.fact.Unit;
import org.medicd.fact.UnitId;
import org.medicd.plan.Finding;
import org.medicd.plan.Patient;

/**
 * What one incident sees of the host in one tick.
 *
 * @param finding the diagnosis, where it still holds
 * @param living its processes that have not ended
 * @param targets those of them that an action is meant for: of a group only the ones that are ill
 * @param unit how its unit stands
 * @param stopTimeout TimeoutStopSec of the unit; null: none, or not known
 * @param invocation invocation id of the unit; null where not known
 * @param respawnable something is there that may start a successor: a service, or a parent
 * @param now monotonic time since the daemon started
 */
record Sight(
    @Nullable Finding finding,
    List<ProcessId> living,
    List<ProcessId> targets,
    UnitStanding unit,
    @Nullable Duration stopTimeout,
    @Nullable String invocation,
    boolean respawnable,
    Duration now) {

  /** How the unit that owns a subject stands. */
  enum UnitStanding {
    /** There is none whose service must work for the subject to be well. */
    NONE,
    ACTIVE,
    CHANGING,
    DOWN,
    UNKNOWN
  }

  boolean diagnosed() {
    return finding != null;
  }

  static Sight of(
      List<Finding> findings,
      Patient patient,
      List<ProcessId> members,
      Snapshot seen,
      Duration now) {
    List<ProcessId> living = members.stream().filter(id -> lives(seen.find(id))).toList();
    Unit unit = patient.unit() == null ? null : seen.units().get(patient.unit());
    List<Subject> ill = findings.stream().map(each -> each.diagnosis().subject()).toList();
    boolean some = patient.subject() instanceof GroupId && !findings.isEmpty();
    return new Sight(
        findings.isEmpty() ? null : findings.get(0),
        living,
        some ? living.stream().filter(ill::contains).toList() : living,
        standing(patient, unit, seen),
        unit == null ? null : unit.stopTimeout(),
        unit == null ? null : unit.invocationId(),
        respawnable(patient, seen),
        now);
  }

  /** Not a zombie that only waits to be reaped. */
  static boolean lives(@Nullable Proc proc) {
    return proc != null && !(proc.state() == ProcState.ZOMBIE && proc.threads() <= 1);
  }

  private static UnitStanding standing(Patient patient, @Nullable Unit unit, Snapshot seen) {
    String name = patient.unit();
    if (name == null || !name.endsWith(".service") || new UnitId(name).isTemplate()) {
      return UnitStanding.NONE;
    }
    if (unit != null && unit.isMissing()) {
      return UnitStanding.NONE;
    }
    if (unit != null) {
      return unit.isActive()
          ? UnitStanding.ACTIVE
          : unit.isChanging() ? UnitStanding.CHANGING : UnitStanding.DOWN;
    }
    boolean populated =
        seen.processes().values().stream()
            .anyMatch(proc -> name.equals(proc.unit()) && lives(proc));
    return populated ? UnitStanding.ACTIVE : UnitStanding.UNKNOWN;
  }

  private static boolean respawnable(Patient patient, Snapshot seen) {
    if (patient.unit() != null && patient.unit().endsWith(".service")) {
      return true;
    }
    String owner = patient.lineage() == null ? "" : patient.lineage().owner();
    if (!owner.startsWith("parent ")) {
      return false;
    }
    int parent = Integer.parseInt(owner.substring("parent ".length()));
    return parent > 1 && lives(seen.processes().get(parent));
  }

  /** The unit's answer is known, and it works (or none has to). */
  boolean serviceWorks() {
    return unit == UnitStanding.NONE || unit == UnitStanding.ACTIVE;
  }
}

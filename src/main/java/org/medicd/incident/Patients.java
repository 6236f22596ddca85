package org.medicd.incident;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.GroupId;
import org.medicd.fact.Lineage;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Snapshot;
import org.medicd.fact.Subject;
import org.medicd.fact.UnitId;
import org.medicd.plan.Patient;

/** Says whom a diagnosis is about, beyond the bare subject. */
final class Patients {
  private static final int KTHREADD = 2;

  private Patients() {}

  static Patient of(Subject subject, Snapshot seen) {
    Proc proc = subject instanceof ProcessId id ? seen.find(id) : null;
    if (proc != null) {
      return of(subject, proc);
    }
    String unit = subject instanceof UnitId named ? named.name() : null;
    return new Patient(subject, null, null, null, unit, null);
  }

  private static Patient of(Subject subject, Proc proc) {
    return new Patient(
        subject, proc.comm(), proc.executable(), proc.user(), proc.unit(), Lineage.of(proc));
  }

  /** A group is known by what its first member is known by. */
  static Patient ofGroup(List<ProcessId> members, Snapshot seen) {
    Proc first = seen.find(members.get(0));
    if (first == null) {
      return new Patient(new GroupId("processes"), null, null, null, null, null);
    }
    String owner = Lineage.of(first).owner();
    return of(new GroupId("processes of " + owner), first);
  }

  /**
   * What several subjects at the same time must share to be one incident; null: nothing does. Those
   * whom init or the kernel adopted have only that in common.
   */
  static @Nullable Lineage kin(Subject subject, Snapshot seen) {
    Proc proc = subject instanceof ProcessId id ? seen.find(id) : null;
    return proc == null || (proc.unit() == null && proc.parent() <= KTHREADD)
        ? null
        : Lineage.of(proc);
  }

  /** The processes that an incident about this subject has to do with. */
  static List<ProcessId> members(Subject subject, Snapshot seen) {
    if (subject instanceof ProcessId id) {
      return List.of(id);
    }
    return seen.processes().values().stream()
        .filter(proc -> subject.equals(proc.waitsOn()))
        .map(Proc::id)
        .toList();
  }
}

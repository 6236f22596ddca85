package org.medicd.linux.systemd;

import java.util.Set;

/**
 * How a unit hangs together with others, directly (org.freedesktop.systemd1(5)).
 *
 * @param isUp neither inactive nor failed: a job for it does something
 * @param restarted units that are restarted with it, and stopped [RequiredBy, RequisiteOf, BoundBy,
 *     ConsistsOf]
 * @param onlyStopped units that are stopped with it [PropagatesStopTo]
 * @param rivals units that are stopped when it starts [Conflicts, ConflictedBy]
 * @param needs units whose stop stops it [Requires, Requisite, BindsTo, PartOf, StopPropagatedFrom]
 */
record UnitLinks(
    boolean isUp,
    Set<String> restarted,
    Set<String> onlyStopped,
    Set<String> rivals,
    Set<String> needs) {
  /** Of a unit that there is not. */
  static final UnitLinks NONE = new UnitLinks(false, Set.of(), Set.of(), Set.of(), Set.of());

  UnitLinks {
    restarted = Set.copyOf(restarted);
    onlyStopped = Set.copyOf(onlyStopped);
    rivals = Set.copyOf(rivals);
    needs = Set.copyOf(needs);
  }

  boolean names(String unit) {
    return restarted.contains(unit) || onlyStopped.contains(unit) || rivals.contains(unit);
  }
}

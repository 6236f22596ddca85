package org.medicd.collect.control;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.medicd.collect.Collector;
import org.medicd.collect.Scene;
import org.medicd.fact.Asked;
import org.medicd.fact.Fact;
import org.medicd.fact.Proc;
import org.medicd.fact.Unit;
import org.medicd.linux.systemd.UnitWatch;

/**
 * Has all units followed while a rule asks for them, and tells those that the snapshot's own units
 * leave out. Nothing in it waits: what it tells, the unit watch knows already.
 */
public final class UnitsCollector implements Collector {
  private final UnitWatch watch;

  /**
   * @param watch the one whose current units are the snapshot's; stays the caller's to close
   */
  public UnitsCollector(UnitWatch watch) {
    this.watch = watch;
  }

  @Override
  public String aspect() {
    return "units";
  }

  @Override
  public Set<Class<? extends Fact>> makes() {
    return Set.of(Unit.class);
  }

  @Override
  public void ask(Asked asked) {
    watch.follow(asked.about(Unit.class));
  }

  @Override
  public List<Unit> look(Scene scene) {
    Set<String> withProcesses = new HashSet<>();
    for (Proc proc : scene.processes().values()) {
      String unit = proc.unit();
      if (unit != null) {
        withProcesses.add(unit);
      }
    }
    return watch.beside(withProcesses);
  }
}

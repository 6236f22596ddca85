package org.medicd.daemon;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.medicd.act.Actuator;
import org.medicd.act.HostActuator;
import org.medicd.act.PageActuator;
import org.medicd.act.PoolActuator;
import org.medicd.act.SchedulingActuator;
import org.medicd.act.SignalActuator;
import org.medicd.act.UnitActuator;
import org.medicd.act.chore.ChoreActuator;
import org.medicd.config.ActionSettings;
import org.medicd.evidence.Captures;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Snapshot;
import org.medicd.linux.Programs;
import org.medicd.linux.TrustedPrograms;
import org.medicd.linux.systemd.SystemdBus;

/** Everything that medicd can do. */
final class Actuators {
  private static final Path PROC = Path.of("/proc");

  private Actuators() {}

  /**
   * @param sameAsEver whether the process that was first seen under this id still lives
   * @param settings what actions may touch now
   * @param seen the latest look
   */
  static List<Actuator> ofThisHost(
      Predicate<ProcessId> sameAsEver,
      SystemdBus systemd,
      Leases leases,
      ChoreActuator chores,
      Programs programs,
      Folders folders,
      Supplier<ActionSettings> settings,
      Supplier<@Nullable Snapshot> seen) {
    Captures captures =
        new Captures(PROC, TrustedPrograms.ofThisHost(), leases::goOn, System::nanoTime);
    return List.of(
        new SignalActuator(sameAsEver),
        new SchedulingActuator(sameAsEver),
        new UnitActuator(systemd),
        new HostActuator(systemd),
        chores,
        new PoolActuator(systemd, () -> settings.get().pools()),
        new ExecActuator(programs, () -> settings.get().exec(), folders.evidence()),
        new PageActuator(),
        new CaptureActuator(captures, folders.evidence(), seen));
  }
}

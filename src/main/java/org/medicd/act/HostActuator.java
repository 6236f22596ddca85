package org.medicd.act;

import java.time.Duration;
import java.util.Set;
import org.medicd.linux.systemd.SystemdBus;
import org.medicd.linux.systemd.SystemdException;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Intent;
import org.medicd.plan.Outcome;
import org.medicd.plan.Report;

/** Restarts the host, in order: systemd stops every unit first, medicd among them. */
public final class HostActuator implements Actuator {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final SystemdBus systemd;

  public HostActuator(SystemdBus systemd) {
    this.systemd = systemd;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.REBOOT);
  }

  @Override
  public Duration deadline() {
    return DEADLINE.plusSeconds(10);
  }

  @Override
  public Report act(Intent intent) {
    return new Report(intent.incident(), intent.rung(), outcome(), null);
  }

  private Outcome outcome() {
    try {
      systemd.reboot(DEADLINE);
      return new Outcome.Done("systemd stops all units and restarts the host");
    } catch (SystemdException e) {
      return UnitActuator.outcome(e);
    }
  }
}

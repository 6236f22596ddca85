package org.medicd.act;

import java.time.Duration;
import java.util.Set;
import org.medicd.fact.Unit;
import org.medicd.linux.systemd.JobResult;
import org.medicd.linux.systemd.SystemdBus;
import org.medicd.linux.systemd.SystemdException;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Intent;
import org.medicd.plan.Outcome;
import org.medicd.plan.Report;

/** Restarts and reloads the unit that owns the subject; the outcome is the job's own result. */
public final class UnitActuator implements Actuator {
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final SystemdBus systemd;

  public UnitActuator(SystemdBus systemd) {
    this.systemd = systemd;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.RESTART_UNIT, Kind.RELOAD_UNIT);
  }

  @Override
  public Duration deadline() {
    return DEADLINE.plusSeconds(10);
  }

  @Override
  public Report act(Intent intent) {
    return new Report(intent.incident(), intent.rung(), outcome(intent), null);
  }

  private Outcome outcome(Intent intent) {
    String name = intent.patient().unit();
    if (name == null) {
      return new Outcome.Failed("the subject belongs to no unit");
    }
    boolean restart = intent.action().kind() == Kind.RESTART_UNIT;
    try {
      JobResult job = restart ? systemd.restart(name, DEADLINE) : systemd.reload(name, DEADLINE);
      String told = name + ": job " + jobNumber(job) + " ended as " + job.result() + standing(name);
      return job.isDone() ? new Outcome.Done(told) : new Outcome.Failed(told);
    } catch (SystemdException e) {
      return outcome(e);
    }
  }

  /** What a call that failed comes to. */
  static Outcome outcome(SystemdException e) {
    String why = String.valueOf(e.getMessage());
    return switch (e.kind()) {
      case TIMED_OUT -> new Outcome.TimedOut(why);
      case IN_DOUBT -> new Outcome.InDoubt(why);
      default -> new Outcome.Failed(why);
    };
  }

  private static String jobNumber(JobResult job) {
    return job.job().substring(job.job().lastIndexOf('/') + 1);
  }

  private String standing(String name) {
    try {
      Unit unit = systemd.unit(name, LOOK);
      return ", unit "
          + unit.activeState()
          + " ("
          + unit.result()
          + "), invocation "
          + unit.invocationId();
    } catch (SystemdException e) {
      return ", its state is not known: " + e.getMessage();
    }
  }
}

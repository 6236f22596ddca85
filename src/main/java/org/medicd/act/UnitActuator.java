package org.medicd.act;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.medicd.fact.Unit;
import org.medicd.linux.cgroup.CgroupKill;
import org.medicd.linux.systemd.JobResult;
import org.medicd.linux.systemd.SystemdBus;
import org.medicd.linux.systemd.SystemdException;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Intent;
import org.medicd.plan.Outcome;
import org.medicd.plan.Report;

/** Acts on the unit that owns the subject; the outcome is systemd's own. */
public final class UnitActuator implements Actuator {
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final SystemdBus systemd;

  public UnitActuator(SystemdBus systemd) {
    this.systemd = systemd;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(
        Kind.RESTART_UNIT,
        Kind.RELOAD_UNIT,
        Kind.START_UNIT,
        Kind.STOP_UNIT,
        Kind.RESET_FAILED,
        Kind.CGROUP_KILL);
  }

  @Override
  public Duration deadline() {
    return DEADLINE.plusSeconds(10);
  }

  @Override
  public Report act(Intent intent) throws IOException {
    return new Report(intent.incident(), intent.rung(), outcome(intent), null);
  }

  private Outcome outcome(Intent intent) throws IOException {
    String name = intent.patient().unit();
    if (name == null) {
      return new Outcome.Failed("the subject belongs to no unit");
    }
    try {
      return switch (intent.action().kind()) {
        case RESTART_UNIT -> outcome(systemd.restart(name, DEADLINE), name);
        case RELOAD_UNIT -> outcome(systemd.reload(name, DEADLINE), name);
        case START_UNIT -> outcome(systemd.start(name, DEADLINE), name);
        case STOP_UNIT -> outcome(systemd.stop(name, DEADLINE), name);
        case RESET_FAILED -> {
          systemd.resetFailed(name, DEADLINE);
          yield new Outcome.Done(name + standing(name));
        }
        default -> kill(name);
      };
    } catch (SystemdException e) {
      return outcome(e);
    }
  }

  private Outcome outcome(JobResult job, String name) {
    String told = name + ": job " + jobNumber(job) + " ended as " + job.result() + standing(name);
    return job.isDone() ? new Outcome.Done(told) : new Outcome.Failed(told);
  }

  private Outcome kill(String name) throws SystemdException, IOException {
    String group = systemd.controlGroup(name, LOOK);
    if (group.isEmpty()) {
      return new Outcome.Vanished(name + " runs nothing any more");
    }
    CgroupKill.Killed killed = CgroupKill.ofThisHost().kill(group);
    String how =
        killed.atOnce() ? "at once" : "one by one: cgroup.kill needs cgroup v2 and Linux 5.14";
    return killed.processes() == 0
        ? new Outcome.Vanished(name + " runs nothing any more")
        : new Outcome.Done(
            "SIGKILL to " + killed.processes() + " processes of " + name + ", " + how);
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

package org.medicd.act;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.medicd.fact.Unit;
import org.medicd.linux.systemd.JobResult;
import org.medicd.linux.systemd.RuntimeLimits;
import org.medicd.linux.systemd.SystemdBus;
import org.medicd.linux.systemd.SystemdException;
import org.medicd.linux.systemd.UnitLimit;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Action.Trait;
import org.medicd.plan.Intent;
import org.medicd.plan.Outcome;
import org.medicd.plan.Report;

/** Acts on the unit that owns the subject; the outcome is systemd's own. */
public final class UnitActuator implements Actuator {
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofSeconds(2);

  /** A task in D state freezes once the kernel lets it go. */
  private static final Duration FREEZES = Duration.ofSeconds(10);

  private final SystemdBus systemd;
  private final RuntimeLimits limits;

  public UnitActuator(SystemdBus systemd) {
    this.systemd = systemd;
    this.limits = new RuntimeLimits(systemd);
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(
        Kind.RESTART_UNIT,
        Kind.RELOAD_UNIT,
        Kind.START_UNIT,
        Kind.STOP_UNIT,
        Kind.RESET_FAILED,
        Kind.FREEZE,
        Kind.THAW,
        Kind.LIMIT);
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
    Kind kind = intent.action().kind();
    try {
      if (intent.leased() && kind.has(Trait.ENDS)) {
        systemd.thaw(name, LOOK); // what is frozen can neither stop nor start
      }
      return switch (kind) {
        case RESTART_UNIT -> outcome(systemd.restart(name, DEADLINE), name);
        case RELOAD_UNIT -> outcome(systemd.reload(name, DEADLINE), name);
        case START_UNIT -> outcome(systemd.start(name, DEADLINE), name);
        case STOP_UNIT -> outcome(systemd.stop(name, DEADLINE), name);
        case RESET_FAILED -> {
          systemd.resetFailed(name, DEADLINE);
          yield new Outcome.Done(name + standing(name));
        }
        case FREEZE -> {
          systemd.freeze(name, FREEZES);
          yield new Outcome.Done(name + " is frozen");
        }
        case THAW -> {
          systemd.thaw(name, FREEZES);
          yield new Outcome.Done(name + " runs again");
        }
        default -> {
          UnitLimit limit = UnitLimit.parse(String.valueOf(intent.action().argument()));
          String shown = limits.set(name, limit, LOOK);
          yield new Outcome.Done(name + " has " + intent.action().argument() + ": " + shown);
        }
      };
    } catch (SystemdException e) {
      return outcome(e);
    }
  }

  private Outcome outcome(JobResult job, String name) {
    String told = name + ": job " + jobNumber(job) + " ended as " + job.result() + standing(name);
    return job.isDone() ? new Outcome.Done(told) : new Outcome.Failed(told);
  }

  /** What a call that failed comes to. */
  public static Outcome outcome(SystemdException e) {
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

package org.medicd.act;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.medicd.fact.ProcessId;
import org.medicd.linux.LinuxException;
import org.medicd.linux.NumberedEntries;
import org.medicd.linux.PidFd;
import org.medicd.linux.sched.Scheduling;
import org.medicd.plan.Action;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Intent;
import org.medicd.plan.Report;

/**
 * Changes how the scheduler serves processes: renice, ionice, affinity, sched. Each thread is
 * changed, as Linux has no such setting for a process; those that are started meanwhile too.
 */
public final class SchedulingActuator implements Actuator {
  /** A thread that is started meanwhile by one that was not changed yet is found by the next. */
  private static final int MOST_ROUNDS = 5;

  private final Predicate<ProcessId> sameAsEver;

  /**
   * @param sameAsEver whether the process that was first seen under this id still lives
   */
  public SchedulingActuator(Predicate<ProcessId> sameAsEver) {
    this.sameAsEver = sameAsEver;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.RENICE, Kind.IONICE, Kind.AFFINITY, Kind.SCHED);
  }

  @Override
  public Duration deadline() {
    return Duration.ofSeconds(5);
  }

  @Override
  public Report act(Intent intent) {
    Scheduling change = change(intent.action());
    Tally tally = new Tally(change.words());
    for (ProcessId target : intent.targets()) {
      try {
        int changed = apply(change, target);
        if (changed == 0) {
          tally.vanished(target);
        } else {
          tally.done(target + (changed == 1 ? "" : " (" + changed + " threads)"));
        }
      } catch (IOException e) {
        tally.failed(target, String.valueOf(e.getMessage()));
      }
    }
    return new Report(intent.incident(), intent.rung(), tally.outcome(), null);
  }

  /** Returns how many threads were changed; 0: the process has ended, whoever has its pid now. */
  private int apply(Scheduling change, ProcessId target) throws IOException {
    try (PidFd process = PidFd.open(target.pid());
        NumberedEntries threads = NumberedEntries.open("/proc/" + target.pid() + "/task")) {
      Set<Integer> changed = new HashSet<>();
      for (int round = 0; round < MOST_ROUNDS; round++) {
        int before = changed.size();
        threads.list();
        // The list is of the process that the pidfd holds: it lived before, and it lives after.
        if (!sameAsEver.test(target) || process.hasEnded()) {
          return 0;
        }
        for (int i = 0; i < threads.count(); i++) {
          int thread = threads.get(i);
          if (!changed.contains(thread) && apply(change, thread)) {
            changed.add(thread);
          }
        }
        if (changed.size() == before) {
          break;
        }
      }
      return changed.size();
    } catch (LinuxException e) {
      if (e.isNoSuchProcess() || e.isNoSuchFile()) {
        return 0;
      }
      throw e;
    }
  }

  /** False: the thread has ended. */
  private static boolean apply(Scheduling change, int thread) throws LinuxException {
    try {
      change.apply(thread);
      return true;
    } catch (LinuxException e) {
      if (e.isNoSuchProcess()) {
        return false;
      }
      throw e;
    }
  }

  private static Scheduling change(Action action) {
    String value = String.valueOf(action.argument());
    return switch (action.kind()) {
      case RENICE -> Scheduling.nice(Integer.parseInt(value));
      case IONICE -> Scheduling.ioPriority(value);
      case AFFINITY -> Scheduling.cpus(value);
      case SCHED -> Scheduling.policy(value);
      default -> throw new IllegalArgumentException(action.label() + " changes no scheduling");
    };
  }
}

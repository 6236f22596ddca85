package org.medicd.act;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import org.medicd.fact.ProcessId;
import org.medicd.linux.LinuxException;
import org.medicd.linux.PidFd;
import org.medicd.linux.Signals;
import org.medicd.plan.Action;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Intent;
import org.medicd.plan.Report;

/**
 * Sends signals through a pidfd. The identity is proven last: the pidfd is open when the descriptor
 * that was held since the process was first seen is asked, so nothing can change in between.
 */
public final class SignalActuator implements Actuator {
  private static final int CONT = Signals.number("CONT").orElseThrow();

  private final Predicate<ProcessId> sameAsEver;

  /**
   * @param sameAsEver whether the process that was first seen under this id still lives
   */
  public SignalActuator(Predicate<ProcessId> sameAsEver) {
    this.sameAsEver = sameAsEver;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(
        Kind.STOP,
        Kind.CONT,
        Kind.TERM,
        Kind.KILL,
        Kind.SIGCHLD,
        Kind.SIGNAL,
        Kind.TERM_FAMILY,
        Kind.KILL_FAMILY,
        Kind.SIGNAL_FAMILY);
  }

  @Override
  public Duration deadline() {
    return Duration.ofSeconds(5);
  }

  @Override
  public Report act(Intent intent) {
    String name = signalName(intent.action());
    int number =
        Signals.number(name)
            .orElseThrow(() -> new IllegalArgumentException("no signal is named " + name));
    Tally tally = new Tally("SIG" + name);
    for (ProcessId target : intent.targets()) {
      try {
        if (send(target, number, intent.leased())) {
          tally.done(target.toString());
        } else {
          tally.vanished(target);
        }
      } catch (IOException e) {
        tally.failed(target, String.valueOf(e.getMessage()));
      }
    }
    return new Report(intent.incident(), intent.rung(), tally.outcome(), null);
  }

  private static String signalName(Action action) {
    return switch (action.kind()) {
      case SIGNAL, SIGNAL_FAMILY -> String.valueOf(action.argument());
      case SIGCHLD -> "CHLD";
      case TERM_FAMILY -> "TERM";
      case KILL_FAMILY -> "KILL";
      default -> action.kind().name();
    };
  }

  /** False: the process has ended, whoever has its pid now. */
  private boolean send(ProcessId target, int number, boolean stopped) throws IOException {
    try (PidFd process = PidFd.open(target.pid())) {
      if (!sameAsEver.test(target)) {
        return false;
      }
      process.signal(number);
      if (stopped && number != CONT) {
        process.signal(CONT);
      }
      return true;
    } catch (LinuxException e) {
      if (e.isNoSuchProcess()) {
        return false;
      }
      throw e;
    }
  }
}

package org.medicd.act.chore;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.medicd.act.chore.Chore.Task;
import org.medicd.linux.Kernel;
import org.medicd.linux.systemd.JobResult;
import org.medicd.linux.systemd.SystemdBus;
import org.medicd.linux.systemd.SystemdException;
import org.medicd.linux.systemd.UnitName;
import org.medicd.plan.Outcome;

/**
 * Has chores done: by this process where it is root's, else by the unit medicd-chore@CHORE.service,
 * which polkit lets it start.
 */
public final class ChoreHand {
  /** No chore takes longer. */
  public static final Duration DEADLINE = Duration.ofMinutes(6);

  private static final System.Logger LOG = System.getLogger(ChoreHand.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final Chores own;
  private final SystemdBus systemd;

  public ChoreHand(Chores own, SystemdBus systemd) {
    this.own = own;
    this.systemd = systemd;
  }

  public Outcome run(Chore chore) throws IOException, InterruptedException {
    return Kernel.effectiveUserId() == 0 ? own.run(chore) : start(chore);
  }

  /** Turns on, beside the caller, what swap an earlier run of medicd left off. */
  public void mend() {
    if (!own.hasSwapToTurnOn()) {
      return;
    }
    Thread mending = new Thread(this::turnSwapOn, "medicd-swap-on");
    mending.setDaemon(true);
    mending.start();
  }

  private void turnSwapOn() {
    try {
      LOG.log(Level.WARNING, "swap was left off: " + run(new Chore(Task.SWAP_ON, null)).words());
    } catch (IOException e) {
      LOG.log(Level.ERROR, "swap was left off: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Outcome start(Chore chore) {
    String unit = "medicd-chore@" + UnitName.escape(chore.text()) + ".service";
    try {
      JobResult job = systemd.start(unit, DEADLINE);
      String said = systemd.statusText(unit, LOOK);
      return job.isDone()
          ? new Outcome.Done(said)
          : new Outcome.Failed(said.isEmpty() ? unit + " ended as " + job.result() : said);
    } catch (SystemdException e) {
      return switch (e.kind()) {
        case TIMED_OUT -> new Outcome.TimedOut(String.valueOf(e.getMessage()));
        case IN_DOUBT -> new Outcome.InDoubt(String.valueOf(e.getMessage()));
        default -> new Outcome.Failed(String.valueOf(e.getMessage()));
      };
    }
  }
}

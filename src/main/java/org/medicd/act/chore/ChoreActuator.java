package org.medicd.act.chore;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;
import org.medicd.act.Actuator;
import org.medicd.act.UnitActuator;
import org.medicd.config.Vacuum;
import org.medicd.linux.Kernel;
import org.medicd.linux.Programs;
import org.medicd.linux.systemd.SystemdBus;
import org.medicd.linux.systemd.SystemdException;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Intent;
import org.medicd.plan.Outcome;
import org.medicd.plan.Report;

/**
 * Does for the host what takes root: drop-caches, reset-swap, vacuum, remount. A daemon that is not
 * root has a unit do it.
 */
public final class ChoreActuator implements Actuator {
  private static final System.Logger LOG = System.getLogger(ChoreActuator.class.getName());

  /** To read back a swap area that is full takes minutes. */
  private static final Duration DEADLINE = Duration.ofMinutes(6);

  private final SystemdBus systemd;
  private final Chores chores;
  private final Path folder;
  private final boolean isRoot = Kernel.effectiveUserId() == 0;

  /**
   * @param runtime where root notes that swap is off; outlives this process, not the host
   * @param vacuum what may go now
   */
  public ChoreActuator(
      SystemdBus systemd,
      Programs programs,
      Path runtime,
      Supplier<Vacuum> vacuum,
      InstantSource clock) {
    this.systemd = systemd;
    this.folder = isRoot ? runtime : ChoreUnit.FOLDER;
    this.chores = new Chores(programs, folder, vacuum, clock);
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.DROP_CACHES, Kind.RESET_SWAP, Kind.VACUUM, Kind.REMOUNT);
  }

  @Override
  public Duration deadline() {
    return DEADLINE.plusSeconds(10);
  }

  @Override
  public Report act(Intent intent) throws IOException, InterruptedException {
    return new Report(intent.incident(), intent.rung(), outcome(intent), null);
  }

  private Outcome outcome(Intent intent) throws IOException, InterruptedException {
    if (isRoot) {
      return chores.run(Chore.of(intent));
    }
    try {
      return ChoreUnit.start(systemd, intent, DEADLINE);
    } catch (SystemdException e) {
      return UnitActuator.outcome(e);
    }
  }

  /** Turns on, beside the caller, what swap an earlier run of medicd left off. */
  public void turnSwapOn() {
    if (Files.exists(folder.resolve(Chores.SWAP_NOTE))) {
      Thread mending = new Thread(this::mendSwap, "medicd-swap-on");
      mending.setDaemon(true);
      mending.start();
    }
  }

  private void mendSwap() {
    Chore swapOn = new Chore(Chore.What.SWAP_ON, null, null);
    try {
      Outcome outcome =
          isRoot
              ? chores.run(swapOn)
              : ChoreUnit.start(systemd, "start 0 " + swapOn.line(), DEADLINE);
      LOG.log(Level.WARNING, "a reset of swap was broken off; " + outcome.words());
    } catch (IOException | SystemdException e) {
      LOG.log(Level.ERROR, "a reset of swap was broken off; " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

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
 * Does what takes root: drop-caches, reset-swap, vacuum, remount, and to kill a unit at once. A
 * daemon that is not root has a unit do it.
 */
public final class ChoreActuator implements Actuator {
  private static final System.Logger LOG = System.getLogger(ChoreActuator.class.getName());

  /** To read back a swap area that is full takes minutes. */
  private static final Duration DEADLINE = Duration.ofMinutes(6);

  /** A JVM must start for it, on a host that is ill. */
  private static final Duration KILL = Duration.ofSeconds(20);

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
    this.chores = new Chores(systemd, programs, folder, vacuum, clock);
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.DROP_CACHES, Kind.RESET_SWAP, Kind.VACUUM, Kind.REMOUNT, Kind.CGROUP_KILL);
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
    try {
      if (intent.action().kind() == Kind.CGROUP_KILL) {
        return kill(intent);
      }
      Chore chore = Chore.of(intent);
      return isRoot ? chores.run(chore) : ChoreUnit.start(systemd, intent, chore, DEADLINE);
    } catch (SystemdException e) {
      return UnitActuator.outcome(e);
    }
  }

  /** At once where the kernel can, which is root's; else, and where that fails, one by one. */
  private Outcome kill(Intent intent) throws IOException, SystemdException, InterruptedException {
    String unit = intent.patient().unit();
    if (unit == null) {
      return new Outcome.Failed("the subject belongs to no unit");
    }
    GroupKill here = new GroupKill(systemd);
    if (intent.leased()) {
      here.thaw(unit);
    }
    String invocation = here.invocation(unit);
    if (here.needsRoot(unit)) {
      try {
        Chore chore = new Chore(Chore.What.CGROUP_KILL, invocation, unit);
        Outcome outcome = ChoreUnit.start(systemd, intent, chore, KILL);
        if (!(outcome instanceof Outcome.Failed)) {
          return outcome;
        }
        LOG.log(Level.WARNING, "cgroup-kill of " + unit + " goes one by one: " + outcome.words());
      } catch (IOException | SystemdException e) {
        LOG.log(Level.WARNING, "cgroup-kill of " + unit + " goes one by one: " + e.getMessage());
      }
    }
    return here.kill(unit, invocation);
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

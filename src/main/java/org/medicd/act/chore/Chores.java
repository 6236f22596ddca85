package org.medicd.act.chore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.medicd.config.Vacuum;
import org.medicd.linux.Programs;
import org.medicd.linux.proc.Swaps;
import org.medicd.linux.systemd.RuntimeLimits;
import org.medicd.linux.systemd.SystemdBus;
import org.medicd.linux.systemd.SystemdException;
import org.medicd.plan.Outcome;

/** Does chores, as root. */
final class Chores {
  static final String SWAP_NOTE = "swap-off";
  private static final Path DROP_CACHES = Path.of("/proc/sys/vm/drop_caches");
  private static final Duration RELOAD = Duration.ofSeconds(20);
  private static final Path SWAPS = Path.of("/proc/swaps");

  private final SystemdBus systemd;
  private final Root root;
  private final Path swapNote;
  private final Supplier<Vacuum> vacuum;
  private final InstantSource clock;

  /**
   * @param folder where it is noted that swap is off; outlives this process, not the host
   * @param vacuum what may go now
   */
  Chores(
      SystemdBus systemd,
      Programs programs,
      Path folder,
      Supplier<Vacuum> vacuum,
      InstantSource clock) {
    this.systemd = systemd;
    this.root = new Root(programs);
    this.swapNote = folder.resolve(SWAP_NOTE);
    this.vacuum = vacuum;
    this.clock = clock;
  }

  Outcome run(Chore chore) throws IOException, SystemdException, InterruptedException {
    String subject = chore.subject();
    return switch (chore.what()) {
      case DROP_CACHES -> new DropCaches(root, DROP_CACHES).run();
      case RESET_SWAP -> swap().reset();
      case SWAP_ON -> swap().turnOn();
      case VACUUM -> new Cleaning(root, vacuum.get(), subject, clock.instant()).run();
      case REMOUNT ->
          subject == null
              ? new Outcome.Failed("only a file system can be mounted anew")
              : new Remount(root, subject).to(String.valueOf(chore.option()));
      case FORGET_LIMIT -> forgetLimit(String.valueOf(subject), String.valueOf(chore.option()));
      case CGROUP_KILL -> new GroupKill(systemd).kill(String.valueOf(subject), chore.option());
    };
  }

  private Outcome forgetLimit(String unit, String setting) throws IOException, SystemdException {
    return new RuntimeLimits(systemd).forget(unit, setting, RELOAD)
        ? new Outcome.Done(setting + " of " + unit + " is what its files say")
        : new Outcome.Vanished("there was none");
  }

  private SwapReset swap() {
    return new SwapReset(root, () -> Swaps.parse(Files.readString(SWAPS)).areas(), swapNote);
  }
}

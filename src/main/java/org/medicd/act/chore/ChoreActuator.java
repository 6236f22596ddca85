package org.medicd.act.chore;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.medicd.act.Actuator;
import org.medicd.config.Vacuum;
import org.medicd.fact.FilesystemId;
import org.medicd.linux.Kernel;
import org.medicd.linux.Programs;
import org.medicd.linux.proc.Swaps;
import org.medicd.plan.Action;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Intent;
import org.medicd.plan.Outcome;
import org.medicd.plan.Report;

/** Does for the host what takes root: drop-caches, reset-swap, vacuum, remount. */
public final class ChoreActuator implements Actuator {
  private static final System.Logger LOG = System.getLogger(ChoreActuator.class.getName());
  private static final Path DROP_CACHES = Path.of("/proc/sys/vm/drop_caches");
  private static final Path SWAPS = Path.of("/proc/swaps");

  /** To read back a swap area that is full takes minutes. */
  private static final Duration DEADLINE = Duration.ofMinutes(6);

  private final Root root;
  private final Path swapNote;
  private final Supplier<Vacuum> vacuum;
  private final InstantSource clock;

  /**
   * @param runtime where it is noted that swap is off; outlives this process, not the host
   * @param vacuum what may go now
   */
  public ChoreActuator(
      Programs programs, Path runtime, Supplier<Vacuum> vacuum, InstantSource clock) {
    this.root = new Root(programs);
    this.swapNote = runtime.resolve("swap-off");
    this.vacuum = vacuum;
    this.clock = clock;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.DROP_CACHES, Kind.RESET_SWAP, Kind.VACUUM, Kind.REMOUNT);
  }

  @Override
  public Duration deadline() {
    return DEADLINE;
  }

  @Override
  public Report act(Intent intent) throws IOException, InterruptedException {
    int user = Kernel.effectiveUserId();
    Outcome outcome =
        user == 0
            ? outcome(intent)
            : new Outcome.Failed(
                intent.action().label() + " needs root: medicd runs as user id " + user);
    return new Report(intent.incident(), intent.rung(), outcome, null);
  }

  private Outcome outcome(Intent intent) throws IOException, InterruptedException {
    Action action = intent.action();
    String mountPoint =
        intent.patient().subject() instanceof FilesystemId filesystem
            ? filesystem.mountPoint()
            : null;
    return switch (action.kind()) {
      case DROP_CACHES -> new DropCaches(root, DROP_CACHES).run();
      case RESET_SWAP -> swap().reset();
      case VACUUM -> new Cleaning(root, vacuum.get(), mountPoint, clock.instant()).run();
      default -> remount(mountPoint, String.valueOf(action.argument()));
    };
  }

  private Outcome remount(@Nullable String mountPoint, String option)
      throws IOException, InterruptedException {
    return mountPoint == null
        ? new Outcome.Failed("only a file system can be mounted anew")
        : new Remount(root, mountPoint).to(option);
  }

  private SwapReset swap() {
    return new SwapReset(root, () -> Swaps.parse(Files.readString(SWAPS)).areas(), swapNote);
  }

  /** Turns on, beside the caller, what swap an earlier run of medicd left off. */
  public void turnSwapOn() {
    if (Files.exists(swapNote)) {
      Thread mending = new Thread(this::mendSwap, "medicd-swap-on");
      mending.setDaemon(true);
      mending.start();
    }
  }

  private void mendSwap() {
    try {
      LOG.log(Level.WARNING, "a reset of swap was broken off; " + swap().turnOn().words());
    } catch (IOException e) {
      LOG.log(Level.ERROR, "a reset of swap was broken off; " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

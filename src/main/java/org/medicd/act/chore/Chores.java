package org.medicd.act.chore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.medicd.config.Vacuum;
import org.medicd.linux.Programs;
import org.medicd.linux.proc.Swaps;
import org.medicd.plan.Outcome;

/** Does chores in this very process, which must be root's. */
public final class Chores {
  private static final Path DROP_CACHES = Path.of("/proc/sys/vm/drop_caches");

  private final Root root;
  private final Path runtime;
  private final Supplier<Vacuum> vacuum;
  private final InstantSource clock;

  /**
   * @param runtime where it is noted that swap is off; outlives this process, not the host
   * @param vacuum what may go
   */
  public Chores(Programs programs, Path runtime, Supplier<Vacuum> vacuum, InstantSource clock) {
    this.root = new Root(programs);
    this.runtime = runtime;
    this.vacuum = vacuum;
    this.clock = clock;
  }

  public Outcome run(Chore chore) throws IOException, InterruptedException {
    return switch (chore.task()) {
      case DROP_CACHES -> new DropCaches(root, DROP_CACHES).run();
      case RESET_SWAP -> swap().reset();
      case SWAP_ON -> swap().turnOn();
      case VACUUM -> new Cleaning(root, vacuum.get(), chore.mountPoint(), clock.instant()).run();
      case READ_ONLY -> new Remount(root, String.valueOf(chore.mountPoint())).to("ro");
      case WRITABLE -> new Remount(root, String.valueOf(chore.mountPoint())).to("rw");
    };
  }

  /** Whether swap was left off by one that was broken off. */
  public boolean hasSwapToTurnOn() {
    return Files.exists(SwapReset.note(runtime));
  }

  private SwapReset swap() {
    return new SwapReset(
        root,
        () -> Swaps.parse(Files.readString(Path.of("/proc/swaps"))).areas(),
        SwapReset.note(runtime));
  }
}

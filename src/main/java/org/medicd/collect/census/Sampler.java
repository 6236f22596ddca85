package org.medicd.collect.census;

import java.io.IOException;
import java.nio.file.Files;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.ProcTree;
import org.medicd.linux.proc.PidIo;
import org.medicd.linux.proc.PidLimits;
import org.medicd.linux.proc.PidStatus;

/**
 * Reads the files of a process that may make the reader wait (an exec that hangs holds a lock of
 * io), or that are long. May block: for {@link Details} only.
 */
final class Sampler {
  private interface Reading<T> {
    @Nullable T read() throws IOException;
  }

  private static final int MOST_THREADS = 512;

  private final ProcTree tree;
  private final LongSupplier monotonicNanos;

  Sampler(ProcTree tree, LongSupplier monotonicNanos) {
    this.tree = tree;
    this.monotonicNanos = monotonicNanos;
  }

  /**
   * @param known its limit as it was read before
   */
  Sample take(int pid, Wanted wanted, @Nullable ReadLimit known) {
    long nanos = monotonicNanos.getAsLong();
    Attempt attempt = new Attempt();
    PidIo io = attempt.read(wanted.storage(), () -> PidIo.parse(tree.read(pid + "/io")));
    boolean inStatus = wanted.swap() || wanted.cpus();
    PidStatus status = attempt.read(inStatus, () -> PidStatus.parse(tree.read(pid + "/status")));
    Integer open = attempt.read(wanted.openFiles(), () -> openFiles(pid));
    ReadLimit limit =
        attempt.read(
            wanted.openFilesLimit(),
            () -> known != null && known.serves(open, nanos) ? known : limit(pid, nanos));
    return new Sample(
        nanos,
        io == null ? null : (Long) io.readBytes(),
        io == null ? null : (Long) io.writeBytes(),
        attempt.read(wanted.contextSwitches(), () -> contextSwitches(pid)),
        open,
        limit,
        status == null ? null : status.swapBytes(),
        status == null ? null : status.cpus(),
        attempt.read(wanted.oom(), () -> number(pid + "/oom_score")),
        attempt.read(wanted.oom(), () -> number(pid + "/oom_score_adj")),
        attempt.failure);
  }

  /** Reads what is wanted and goes on where something cannot be read. */
  private static final class Attempt {
    private @Nullable IOException failure;

    <T> @Nullable T read(boolean wanted, Reading<T> reading) {
      try {
        return wanted ? reading.read() : null;
      } catch (IOException e) {
        failure = e;
        return null;
      }
    }
  }

  private @Nullable Long contextSwitches(int pid) throws IOException {
    int[] threads = tree.numbers(pid + "/task");
    if (threads.length > MOST_THREADS) {
      return null;
    }
    long sum = 0;
    for (int thread : threads) {
      Long switches =
          PidStatus.parse(tree.read(pid + "/task/" + thread + "/status")).contextSwitches();
      if (switches == null) {
        return null;
      }
      sum += switches;
    }
    return sum;
  }

  private ReadLimit limit(int pid, long nanos) throws IOException {
    return new ReadLimit(PidLimits.parse(tree.read(pid + "/limits")).openFiles(), nanos);
  }

  /** From kernel 6.2 on the folder's size tells, without a list of it. */
  private Integer openFiles(int pid) throws IOException {
    long size = Files.size(tree.root().resolve(pid + "/fd"));
    return size > 0 && tree.isLive() ? (int) size : tree.count(pid + "/fd");
  }

  private Integer number(String file) throws IOException {
    try {
      return Integer.valueOf(tree.read(file).strip());
    } catch (NumberFormatException e) {
      throw new IOException(file + " is no number", e);
    }
  }
}

package org.medicd.daemon;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.medicd.fact.ProcessId;
import org.medicd.linux.PidFd;
import org.medicd.linux.Signals;
import org.medicd.linux.systemd.RuntimeLimits;
import org.medicd.linux.systemd.SystemdBus;
import org.medicd.linux.systemd.SystemdException;
import org.medicd.linux.systemd.SystemdException.Kind;
import org.medicd.plan.Hold;
import org.medicd.plan.Release;

/**
 * Lets go what medicd holds: when an incident closes, at pause, at the daemon's stop, and first
 * thing after a crash. A signal is sent at once; what needs systemd is asked on a thread of its
 * own, again and again until it is done.
 */
final class Leases implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Leases.class.getName());
  private static final int CONT = Signals.number("CONT").orElseThrow();
  private static final Duration WITHIN = Duration.ofSeconds(5);
  private static final Duration AGAIN = Duration.ofSeconds(2);
  private final Predicate<ProcessId> sameAsEver;
  private final SystemdBus systemd;
  private final RuntimeLimits limits;
  private final ConcurrentLinkedQueue<Release> undone = new ConcurrentLinkedQueue<>();
  private final Set<Release> failing = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1,
          work -> {
            Thread created = new Thread(work, "medicd-leases");
            created.setDaemon(true);
            return created;
          });

  /**
   * @param sameAsEver whether the process that was first seen under this id still lives
   */
  Leases(Predicate<ProcessId> sameAsEver, SystemdBus systemd) {
    this.sameAsEver = sameAsEver;
    this.systemd = systemd;
    this.limits = new RuntimeLimits(systemd);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  void undo(List<Release> releases) {
    for (Release release : releases) {
      if (release.hold() instanceof Hold.Stopped stopped) {
        undo(release, stopped.process());
      } else {
        thread.execute(() -> attempt(release));
      }
    }
  }

  /** What is as it was before, since this was asked last. */
  List<Release> takeUndone() {
    List<Release> taken = new ArrayList<>();
    for (Release each = undone.poll(); each != null; each = undone.poll()) {
      taken.add(each);
    }
    return taken;
  }

  private void undo(Release release, ProcessId process) {
    try {
      goOn(process);
      LOG.log(Level.WARNING, process + " was held stopped and runs again");
    } catch (IOException e) {
      LOG.log(Level.WARNING, process + " was held stopped: " + e.getMessage());
    }
    undone.add(release);
  }

  /** Sends CONT to this very process. */
  void goOn(ProcessId process) throws IOException {
    try (PidFd open = PidFd.open(process.pid())) {
      if (!sameAsEver.test(process)) {
        throw new IOException("it has ended; its pid is another's now");
      }
      open.signal(CONT);
    }
  }

  private void attempt(Release release) {
    try {
      LOG.log(Level.WARNING, undo(release.hold()));
      undone.add(release);
      failing.remove(release);
    } catch (SystemdException | IOException | RuntimeException e) {
      if (e instanceof SystemdException refusal && refusal.kind() == Kind.NO_SUCH_UNIT) {
        undone.add(release);
        failing.remove(release);
        return;
      }
      if (failing.add(release)) {
        String again = "; tried again every " + AGAIN.toSeconds() + " s";
        LOG.log(Level.ERROR, release.hold().words() + " still: " + e.getMessage() + again);
      }
      if (!thread.isShutdown()) {
        thread.schedule(() -> attempt(release), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  private String undo(Hold hold) throws SystemdException, IOException {
    if (hold instanceof Hold.Limited limited) {
      return limits.lift(
          limited.unit(), limited.property(), limited.value(), limited.before(), WITHIN);
    }
    if (hold instanceof Hold.Frozen frozen) {
      systemd.thaw(frozen.unit(), WITHIN);
      return frozen.unit() + " was held frozen and runs again";
    }
    throw new IllegalArgumentException(hold.words());
  }

  /** Waits until all is undone that can be, for a few seconds at most. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

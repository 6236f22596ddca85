package org.medicd.linux.systemd;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.linux.systemd.SystemdException.Kind;

/**
 * The results of jobs, as systemd announces them. A job may end before the call that queued it has
 * returned its name, so every result is kept as long as anybody waits for one.
 */
final class FinishedJobs {
  private final Map<String, String> results = new HashMap<>();
  private int waiting;
  private boolean lost;

  /** To be called before a job is queued; {@link #forget} ends it. */
  synchronized void expect() {
    waiting++;
  }

  synchronized void forget() {
    waiting--;
    if (waiting == 0) {
      results.clear();
    }
  }

  synchronized boolean isAnybodyWaiting() {
    return waiting > 0;
  }

  synchronized void finished(JobResult job) {
    if (waiting > 0) {
      results.put(job.job(), job.result());
      notifyAll();
    }
  }

  /** The connection is gone: no result will come any more. */
  synchronized void lost() {
    lost = true;
    notifyAll();
  }

  /**
   * @param asked what the job does, for messages
   * @throws SystemdException TIMED_OUT or IN_DOUBT
   */
  synchronized JobResult await(String job, String asked, Deadline deadline)
      throws SystemdException {
    @Nullable String result = results.get(job);
    while (result == null && !lost && !deadline.isOver()) {
      try {
        wait(deadline.leftMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SystemdException(Kind.IN_DOUBT, asked + ": interrupted while " + job + " ran");
      }
      result = results.get(job);
    }
    if (result != null) {
      return new JobResult(job, result);
    }
    if (lost) {
      throw new SystemdException(
          Kind.IN_DOUBT,
          asked + ": the bus was lost while " + job + " ran; how it ended is unknown");
    }
    throw new SystemdException(
        Kind.TIMED_OUT,
        asked
            + ": not finished after "
            + deadline.allowed().toSeconds()
            + " s; systemd goes on with it, see `systemctl list-jobs`");
  }
}

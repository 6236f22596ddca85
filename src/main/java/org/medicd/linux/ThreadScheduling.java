package org.medicd.linux;

/** The calls that change how the scheduler serves one thread; their numbers are the kernel's. */
public final class ThreadScheduling {
  private static final int PRIO_PROCESS = 0;
  private static final int IOPRIO_WHO_PROCESS = 1;

  private ThreadScheduling() {}

  /** See setpriority(2): of a thread, though its name says process. */
  public static void nice(int thread, int value) throws LinuxException {
    check(Libc.setpriority(PRIO_PROCESS, thread, value), "setpriority", thread);
  }

  /** See ioprio_set(2). */
  public static void ioPriority(int thread, long priority) throws LinuxException {
    long result = Libc.syscall(Libc.SYS_IOPRIO_SET, IOPRIO_WHO_PROCESS, thread, priority, 0);
    check(result, "ioprio_set", thread);
  }

  /** See sched_setaffinity(2); a bit for each CPU. */
  public static void cpus(int thread, byte[] mask) throws LinuxException {
    check(Libc.sched_setaffinity(thread, mask.length, mask), "sched_setaffinity", thread);
  }

  /** See sched_setscheduler(2). */
  public static void policy(int thread, int policy, int priority) throws LinuxException {
    int[] parameters = {priority};
    check(Libc.sched_setscheduler(thread, policy, parameters), "sched_setscheduler", thread);
  }

  private static void check(long result, String call, int thread) throws LinuxException {
    if (result < 0) {
      throw Libc.failure(call + " of thread " + thread);
    }
  }
}

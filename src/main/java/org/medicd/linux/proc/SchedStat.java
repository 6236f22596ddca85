package org.medicd.linux.proc;

/**
 * /proc/PID/task/TID/schedstat (the kernel's Documentation/scheduler/sched-stats.rst), of one task.
 *
 * @param runNanos time on a CPU
 * @param waitNanos time runnable, waiting for a CPU
 * @param slices how often it was put on a CPU
 */
public record SchedStat(long runNanos, long waitNanos, long slices) {
  public static SchedStat parse(String content) throws MalformedKernelFile {
    Words words = new Words("proc/PID/schedstat", content);
    return new SchedStat(words.number(0), words.number(1), words.number(2));
  }
}

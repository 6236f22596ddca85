package org.medicd.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One process (thread group) as it was seen in one tick. A null is a value that is not known, or
 * not yet: rates need two looks, averages and trends more.
 *
 * @param id pid and start time
 * @param parent pid of the parent; 0 where it is outside of this pid namespace
 * @param comm the kernel's name of the process; up to 15 bytes, may hold anything
 * @param executable path of the executable (/proc/PID/exe), without " (deleted)"
 * @param commandLine arguments joined by spaces, cut at 4 KiB
 * @param state state of the thread group's leader
 * @param threads number of threads
 * @param startedAt when it started, by the wall clock
 * @param uid effective user id
 * @param user name of that user from /etc/passwd, else the number
 * @param kernelThread a thread of the kernel (PF_KTHREAD): no program, no memory of its own
 * @param leadsSession leader of a session that has a controlling terminal: somebody's login
 * @param exempt never to be judged: kernel threads and medicd itself
 * @param cgroup path in the unified hierarchy, else in systemd's
 * @param unit systemd unit that the cgroup belongs to, as nginx.service
 * @param cpuPercent time on a CPU during the last tick, in percent of one core
 * @param cpuAvg10 average of cpuPercent over 10 s, weighted as PSI's avg10
 * @param demandAvg10 the same of the time on a CPU or waiting for one (schedstat, all threads);
 *     only for processes that are busy enough to matter
 * @param rssBytes resident memory
 * @param anonBytes RssAnon + VmSwap: memory that only this process can give back
 * @param growthBytesPerHour robust trend of anonBytes over the window of memory-leak; null until
 *     the window is filled or while there is no steady trend
 * @param zombieChildren children that ended and were not reaped
 * @param blockedSeconds how long it (or one of its threads) has been in D without a context switch
 * @param wchan kernel function in which the blocked task waits
 * @param waitsOn the file system or device behind that wait, where it can be told, else the group
 *     of all that wait in the same function
 */
public record Proc(
    ProcessId id,
    int parent,
    String comm,
    @Nullable String executable,
    @Nullable String commandLine,
    ProcState state,
    int threads,
    Instant startedAt,
    @Nullable Integer uid,
    @Nullable String user,
    boolean kernelThread,
    boolean leadsSession,
    boolean exempt,
    @Nullable String cgroup,
    @Nullable String unit,
    @Nullable Double cpuPercent,
    @Nullable Double cpuAvg10,
    @Nullable Double demandAvg10,
    @Nullable Long rssBytes,
    @Nullable Long anonBytes,
    @Nullable Double growthBytesPerHour,
    int zombieChildren,
    @Nullable Double blockedSeconds,
    @Nullable String wchan,
    @Nullable Subject waitsOn) {

  /** The same as unit, for rules: "unit" is a word of their language. */
  public @Nullable String unitName() {
    return unit;
  }
}

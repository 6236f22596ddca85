package org.medicd.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One process (thread group) as it was last looked at. A null is a value that is not known, not
 * yet, or that no rule asks for: rates need two looks, averages and trends more. Rules reach into
 * the groups with a dot, as io.readBytesPerSecond.
 *
 * @param id pid and start time
 * @param parent pid of the parent; 0 where it is outside of this pid namespace
 * @param comm the kernel's name of the process; up to 15 bytes, may hold anything
 * @param executable path of the executable (/proc/PID/exe), without " (deleted)"
 * @param commandLine arguments joined by spaces, cut at 4 KiB
 * @param state state of the thread group's leader
 * @param threads number of threads
 * @param startedAt when it started, by the wall clock
 * @param ageSeconds how long ago that was; in steps that grow with the age (1 s, from 10 minutes on
 *     1 minute, from a day on 1 hour)
 * @param uid effective user id
 * @param user name of that user from /etc/passwd, else the number
 * @param kernelThread a thread of the kernel (PF_KTHREAD): no program, no memory of its own
 * @param session id of its session: the pid of the session's leader
 * @param terminal device number of the controlling terminal; 0 without one
 * @param exempt never to be judged: kernel threads and medicd itself
 * @param cgroup path in the unified hierarchy, else in systemd's
 * @param unit systemd unit that the cgroup belongs to, as nginx.service
 * @param cpuPercent time on a CPU since the look before, in percent of one core
 * @param cpuAvg10 average of cpuPercent over 10 s, weighted as PSI's avg10
 * @param cpuAvg60 the same over 60 s
 * @param cpuAvg300 the same over 300 s
 * @param demandAvg10 average over 10 s of the time on a CPU or waiting for one (schedstat, all
 *     threads); only for processes that are busy enough to matter
 * @param rssBytes resident memory
 * @param anonBytes RssAnon + VmSwap: memory that only this process can give back; only for those
 *     that are large, and for suspects
 * @param memoryGrowth trend of anonBytes, in bytes, over the window of memory-leak
 * @param threadGrowth trend of the number of threads over that window
 * @param zombieChildren children that ended and were not reaped
 * @param blockedSeconds how long it (or one of its threads) has been in D without a context switch
 * @param wchan kernel function in which the blocked task waits
 * @param waitsOn the file system or device behind that wait, where it can be told, else the group
 *     of all that wait in the same function
 * @param io what it reads, writes and faults
 * @param scheduling how the kernel serves it
 * @param holdings what it holds of what it may hold
 * @param family its children and descendants
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
    @Nullable Long ageSeconds,
    @Nullable Integer uid,
    @Nullable String user,
    boolean kernelThread,
    int session,
    int terminal,
    boolean exempt,
    @Nullable String cgroup,
    @Nullable String unit,
    @Nullable Double cpuPercent,
    @Nullable Double cpuAvg10,
    @Nullable Double cpuAvg60,
    @Nullable Double cpuAvg300,
    @Nullable Double demandAvg10,
    @Nullable Long rssBytes,
    @Nullable Long anonBytes,
    Growth memoryGrowth,
    Growth threadGrowth,
    int zombieChildren,
    @Nullable Double blockedSeconds,
    @Nullable String wchan,
    @Nullable Subject waitsOn,
    Io io,
    Scheduling scheduling,
    Holdings holdings,
    Family family)
    implements Fact {

  /**
   * What a process moves, a second, since the look before.
   *
   * @param readBytesPerSecond fetched from storage (read_bytes of /proc/PID/io)
   * @param writeBytesPerSecond sent to storage (write_bytes)
   * @param minorFaultsPerSecond page faults that needed no storage
   * @param majorFaultsPerSecond page faults that did
   * @param contextSwitchesPerSecond of all threads, voluntary and not; only for suspects
   */
  public record Io(
      @Nullable Double readBytesPerSecond,
      @Nullable Double writeBytesPerSecond,
      @Nullable Double minorFaultsPerSecond,
      @Nullable Double majorFaultsPerSecond,
      @Nullable Double contextSwitchesPerSecond) {
    public static final Io UNKNOWN = new Io(null, null, null, null, null);
  }

  /**
   * How the kernel serves a process.
   *
   * @param nice from -20 (most favoured) to 19
   * @param policy other, fifo, rr, batch, idle, deadline, ext; the number where it is another
   * @param realtimePriority 1 to 99; 0 for a policy that is not of real time
   * @param cpus CPUs that it may run on, as 0-3,8
   * @param numaNode node of the CPU on which it last ran
   */
  public record Scheduling(
      @Nullable Integer nice,
      @Nullable String policy,
      @Nullable Integer realtimePriority,
      @Nullable String cpus,
      @Nullable Integer numaNode) {
    public static final Scheduling UNKNOWN = new Scheduling(null, null, null, null, null);
  }

  /**
   * What a process holds, and how much of it it may hold.
   *
   * @param openFiles open descriptors
   * @param openFilesLimit its soft RLIMIT_NOFILE
   * @param openFilesPercent the first in percent of the second
   * @param openFilesGrowth trend of openFiles
   * @param swapBytes memory that is swapped out (VmSwap)
   * @param oomScore the kernel's badness, 0 to about 2000: the highest dies first
   * @param oomScoreAdjust -1000 (never) to 1000 (first)
   */
  public record Holdings(
      @Nullable Integer openFiles,
      @Nullable Long openFilesLimit,
      @Nullable Double openFilesPercent,
      Growth openFilesGrowth,
      @Nullable Long swapBytes,
      @Nullable Integer oomScore,
      @Nullable Integer oomScoreAdjust) {
    public static final Holdings UNKNOWN =
        new Holdings(null, null, null, Growth.UNKNOWN, null, null, null);
  }

  /**
   * A process with all its descendants.
   *
   * @param children living children of its own, zombies not counted
   * @param processes how many the family is, itself included
   * @param cpuAvg10 sum of their cpuAvg10
   * @param rssBytes sum of their resident memory; what they share counts for each
   */
  public record Family(
      @Nullable Integer children,
      @Nullable Integer processes,
      @Nullable Double cpuAvg10,
      @Nullable Long rssBytes) {
    public static final Family UNKNOWN = new Family(null, null, null, null);
  }

  @Override
  public ProcessId key() {
    return id;
  }

  /** Leader of a session that has a controlling terminal: somebody's login. */
  public boolean leadsSession() {
    return session == id.pid() && terminal != 0;
  }

  /** The same as unit, for rules: "unit" is a word of their language. */
  public @Nullable String unitName() {
    return unit;
  }
}

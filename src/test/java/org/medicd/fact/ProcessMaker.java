package org.medicd.fact;

import org.jspecify.annotations.Nullable;

/** Makes a process for tests: an idle one, until it is told otherwise. */
public final class ProcessMaker {
  private final int pid;
  private long startTicks = 1000;
  private int parent = 1;
  private String comm = "idle";
  private @Nullable String executable = "/usr/bin/idle";
  private @Nullable String commandLine;
  private Proc.Io io = Proc.Io.UNKNOWN;
  private ProcState state = ProcState.SLEEPING;
  private boolean kernelThread;
  private boolean leadsSession;
  private boolean exempt;
  private @Nullable String unit;
  private @Nullable String cgroup;
  private @Nullable Double cpu = 0.0;
  private @Nullable Double demand = 0.0;
  private @Nullable Long anonBytes;
  private @Nullable Double growth;
  private int zombies;
  private @Nullable Double blocked;
  private @Nullable Subject waitsOn;
  private Integer uid = 1000;
  private String user = "someone";

  public ProcessMaker(int pid) {
    this.pid = pid;
  }

  public ProcessMaker startTicks(long ticks) {
    startTicks = ticks;
    return this;
  }

  public ProcessMaker named(String name) {
    comm = name;
    executable = "/usr/bin/" + name;
    return this;
  }

  public ProcessMaker parent(int ppid) {
    parent = ppid;
    return this;
  }

  public ProcessMaker executable(@Nullable String path) {
    executable = path;
    return this;
  }

  /** Else its executable. */
  public ProcessMaker commandLine(String line) {
    commandLine = line;
    return this;
  }

  /** Bytes a second. */
  public ProcessMaker moves(double read, double written) {
    io = new Proc.Io(read, written, null, null, null);
    return this;
  }

  public ProcessMaker state(ProcState now) {
    state = now;
    return this;
  }

  public ProcessMaker kernelThread() {
    kernelThread = true;
    return this;
  }

  public ProcessMaker leadsSession() {
    leadsSession = true;
    return this;
  }

  public ProcessMaker exempt() {
    exempt = true;
    return this;
  }

  public ProcessMaker unit(String name) {
    unit = name;
    return this;
  }

  /** Else that of its unit. */
  public ProcessMaker cgroup(String path) {
    cgroup = path;
    return this;
  }

  public ProcessMaker cpu(@Nullable Double percent) {
    cpu = percent;
    demand = percent;
    return this;
  }

  public ProcessMaker growth(@Nullable Double bytesPerHour, long bytes) {
    growth = bytesPerHour;
    anonBytes = bytes;
    return this;
  }

  public ProcessMaker zombies(int children) {
    zombies = children;
    return this;
  }

  public ProcessMaker blocked(double seconds, Subject cause) {
    state = ProcState.DISK_SLEEP;
    blocked = seconds;
    waitsOn = cause;
    return this;
  }

  public ProcessMaker user(int id, String name) {
    uid = id;
    user = name;
    return this;
  }

  public Proc make() {
    return new Proc(
        new ProcessId(pid, startTicks),
        parent,
        comm,
        executable,
        commandLine == null ? executable : commandLine,
        state,
        1,
        Scene.START,
        null,
        uid,
        user,
        kernelThread,
        pid,
        leadsSession ? 34817 : 0,
        exempt,
        cgroup != null ? cgroup : unit == null ? "/" : "/system.slice/" + unit,
        unit,
        cpu,
        cpu,
        cpu,
        cpu,
        demand,
        1L << 20,
        anonBytes,
        new Growth(growth, growth == null ? null : 1.0, null),
        Growth.UNKNOWN,
        zombies,
        blocked,
        null,
        waitsOn,
        io,
        Proc.Scheduling.UNKNOWN,
        Proc.Holdings.UNKNOWN,
        Proc.Family.UNKNOWN);
  }
}

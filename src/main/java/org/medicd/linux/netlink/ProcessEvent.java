package org.medicd.linux.netlink;

/** Something that happened to a process as a whole, not to one of its threads. */
public sealed interface ProcessEvent {
  int pid();

  /** When, by the monotonic clock, as System.nanoTime on Linux. */
  long nanos();

  /**
   * It was born.
   *
   * @param parent pid of the process that forked it
   */
  record Forked(int pid, int parent, long nanos) implements ProcessEvent {}

  /** It runs another program now. */
  record Executed(int pid, long nanos) implements ProcessEvent {}

  /** It has another comm now. */
  record Renamed(int pid, long nanos) implements ProcessEvent {}

  /**
   * It ended, and waits to be reaped.
   *
   * @param status exit status; 0 where a signal ended it
   * @param signal that ended it; 0 where it ended by itself
   */
  record Exited(int pid, int status, int signal, long nanos) implements ProcessEvent {}
}

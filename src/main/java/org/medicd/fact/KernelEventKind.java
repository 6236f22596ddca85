package org.medicd.fact;

/** What the kernel's log may tell of. */
public enum KernelEventKind {
  /** The host (or the nodes that a process may use) ran out of memory: a process was killed. */
  OOM_KILL,
  /** A control group ran out of its memory: a process of it was killed. */
  CGROUP_OOM_KILL,
  /** A task did not run for minutes: it waits in the kernel and no signal reaches it. */
  HUNG_TASK,
  /** A CPU did not schedule for tens of seconds. */
  SOFT_LOCKUP,
  /** A CPU did not even take interrupts. */
  HARD_LOCKUP,
  /** A CPU or task held up read-copy-update for tens of seconds. */
  RCU_STALL,
  /** The kernel met a bug of its own and ended what ran into it. */
  KERNEL_BUG,
  /** A block device did not read or write. */
  IO_ERROR,
  /** A file system found itself damaged. */
  FILESYSTEM_ERROR,
  /** A file system takes no more writes. */
  FILESYSTEM_READ_ONLY,
  /** A file system gave up altogether. */
  FILESYSTEM_SHUTDOWN,
  /** Machine check, memory controller or firmware: corrected errors too, see the severity. */
  HARDWARE_ERROR,
  /** A file server does not answer. */
  SERVER_NOT_RESPONDING,
  /** It answers again. */
  SERVER_OK,
  /** A network interface lost its link. */
  LINK_DOWN,
  /** It has it again. */
  LINK_UP,
  /** A network interface does not send. */
  TRANSMIT_TIMEOUT,
  /** A process crashed by a wrong access. */
  SEGFAULT,
  /** A control group has as many processes as it may: a fork was refused. */
  PIDS_LIMIT,
  /** The kernel has as many open files as it may. */
  FILES_LIMIT,
  /** The table of connections is full: packets are dropped. */
  CONNTRACK_FULL
}

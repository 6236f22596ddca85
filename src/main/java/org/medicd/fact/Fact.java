package org.medicd.fact;

/** Something that was seen and that rules can match. */
public sealed interface Fact
    permits Proc,
        Host,
        Pressure,
        Unit,
        Pool,
        Cgroup,
        BlockDevice,
        Filesystem,
        NetLink,
        Sockets,
        Unanswered,
        Births,
        KernelEvent {

  /** What makes it the same fact in the next tick; unique among the facts of its type. */
  Object key();
}

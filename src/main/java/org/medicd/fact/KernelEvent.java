package org.medicd.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that the kernel's log (/dev/kmsg) told a short while ago; it stays a fact for that
 * while. What is told again of the same subject meanwhile is the same event with a higher count.
 *
 * @param sequence number of the first such record in the kernel's log
 * @param kind what it tells
 * @param at when the last such record was written, by the wall clock
 * @param severity of that record: from 0, emergency, over 3, error, and 4, warning, to 7, debug
 * @param count how many such records there were
 * @param pid of the process that it is about, as numbered in the initial namespace; of the last
 *     victim where several of one name were killed
 * @param comm the kernel's name of that process; up to 15 bytes, may hold anything
 * @param device kernel name of the block device, network interface or memory controller, as sda,
 *     eth0 or MC0
 * @param server name of the file server
 * @param cgroup control group of the victim, or the one whose fork was refused; below the root of
 *     the hierarchy that the kernel means (on a host with version 1, that of memory or pids)
 * @param limitedBy control group whose memory limit was reached; an ancestor of cgroup, or the same
 * @param unit systemd unit that cgroup belongs to, as nginx.service
 * @param text the last such record as the kernel wrote it, cut at 256 characters; names in it are
 *     hostile
 */
public record KernelEvent(
    long sequence,
    KernelEventKind kind,
    Instant at,
    int severity,
    int count,
    @Nullable Integer pid,
    @Nullable String comm,
    @Nullable String device,
    @Nullable String server,
    @Nullable String cgroup,
    @Nullable String limitedBy,
    @Nullable String unit,
    String text)
    implements Fact {
  @Override
  public Long key() {
    return sequence;
  }

  /** The same as unit, for rules: "unit" is a word of their language. */
  public @Nullable String unitName() {
    return unit;
  }
}

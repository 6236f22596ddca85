package org.medicd.linux.proc;

import org.jspecify.annotations.Nullable;

/**
 * /proc/vmstat (proc_vmstat(5)): counters since boot. Null is a line that the kernel does not have.
 *
 * @param swappedInPages fetched from swap
 * @param swappedOutPages put there
 * @param majorFaults page faults that had to read from storage
 * @param oomKills processes that the kernel killed for want of memory (4.13 and later)
 */
public record VmStat(
    @Nullable Long swappedInPages,
    @Nullable Long swappedOutPages,
    @Nullable Long majorFaults,
    @Nullable Long oomKills) {
  public static VmStat parse(String content) throws MalformedKernelFile {
    TextScanner scanner = new TextScanner("proc/vmstat", content);
    Long in = null;
    Long out = null;
    Long faults = null;
    Long kills = null;
    for (; scanner.hasLine(); scanner.nextLine()) {
      if (scanner.take("pswpin ")) {
        in = scanner.number();
      } else if (scanner.take("pswpout ")) {
        out = scanner.number();
      } else if (scanner.take("pgmajfault ")) {
        faults = scanner.number();
      } else if (scanner.take("oom_kill ")) {
        kills = scanner.number();
      }
    }
    return new VmStat(in, out, faults, kills);
  }
}

package org.medicd.linux.proc;

import org.jspecify.annotations.Nullable;

/**
 * /proc/PID/status (proc_pid_status(5)). A thread's status reads the same. Kernel threads and
 * zombies have no memory lines; null there.
 *
 * @param state the letter
 * @param effectiveUid the second figure of Uid
 * @param tracer pid of the debugger; 0 without one
 * @param contextSwitches voluntary and involuntary ones together, of the one task
 * @param signalsQueued the first figure of SigQ
 * @param cpus Cpus_allowed_list, as 0-3,8
 */
public record PidStatus(
    char state,
    int effectiveUid,
    int threads,
    int tracer,
    @Nullable Long rssBytes,
    @Nullable Long rssAnonBytes,
    @Nullable Long swapBytes,
    @Nullable Long contextSwitches,
    @Nullable Long signalsQueued,
    @Nullable String cpus) {
  private static final String FILE = "proc/PID/status";

  /** RssAnon + VmSwap; null where the kernel tells no RssAnon. */
  public @Nullable Long anonBytes() {
    return rssAnonBytes == null
        ? null
        : (Long) (rssAnonBytes + (swapBytes != null ? swapBytes : 0));
  }

  public static PidStatus parse(String content) throws MalformedKernelFile {
    Lines lines = new Lines(FILE, content);
    Long voluntary = lines.number("voluntary_ctxt_switches");
    Long involuntary = lines.number("nonvoluntary_ctxt_switches");
    Words cpus = lines.find("Cpus_allowed_list");
    Words threads = lines.find("Threads");
    Words tracer = lines.find("TracerPid");
    return new PidStatus(
        lines.get("State").word(0).charAt(0),
        userId(lines.get("Uid")),
        threads != null ? threads.smallNumber(0) : 0,
        tracer != null ? tracer.smallNumber(0) : 0,
        lines.kibibytes("VmRSS"),
        lines.kibibytes("RssAnon"),
        lines.kibibytes("VmSwap"),
        voluntary == null || involuntary == null ? null : (Long) (voluntary + involuntary),
        signalsQueued(lines.find("SigQ")),
        cpus == null ? null : cpus.word(0));
  }

  /** User ids are unsigned: 4294967294 is a user too, here as -2. */
  private static int userId(Words words) throws MalformedKernelFile {
    long id = words.number(1);
    if (id < 0 || id > 0xffff_ffffL) {
      throw words.malformed("no user id");
    }
    return (int) id;
  }

  private static @Nullable Long signalsQueued(@Nullable Words words) throws MalformedKernelFile {
    if (words == null) {
      return null;
    }
    String queuedAndLimit = words.word(0);
    int slash = queuedAndLimit.indexOf('/');
    return new Words(FILE, slash > 0 ? queuedAndLimit.substring(0, slash) : queuedAndLimit)
        .number(0);
  }
}

package org.medicd.linux.proc;

/**
 * The end of /proc/PID/stat (proc_pid_stat(5)): how the kernel's scheduler serves the leader.
 *
 * @param processor CPU on which it last ran
 * @param realtimePriority 1 to 99 under a policy of real time, else 0
 * @param policy number of the policy, as sched.h has it
 */
public record PidStatTail(int processor, int realtimePriority, int policy) {
  private static final String FILE = "proc/PID/stat";
  private static final int BEFORE_PROCESSOR = 36;

  /** Cuts at the last ')', as {@link PidStat} does. */
  public static PidStatTail parse(byte[] content, int length) throws MalformedKernelFile {
    int close = length - 1;
    while (close >= 0 && content[close] != ')') {
      close--;
    }
    if (close < 0) {
      throw new MalformedKernelFile(FILE, "no name in parentheses");
    }
    NumberScanner scanner = new NumberScanner(FILE, content, close + 1, length);
    scanner.skip(BEFORE_PROCESSOR);
    return new PidStatTail(scanner.smallNumber(), scanner.smallNumber(), scanner.smallNumber());
  }

  /** The policy's name, as chrt(1) has it without SCHED_; the number where it is a new one. */
  public String policyName() {
    return switch (policy) {
      case 0 -> "other";
      case 1 -> "fifo";
      case 2 -> "rr";
      case 3 -> "batch";
      case 5 -> "idle";
      case 6 -> "deadline";
      case 7 -> "ext";
      default -> Integer.toString(policy);
    };
  }
}

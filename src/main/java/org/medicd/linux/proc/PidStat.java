package org.medicd.linux.proc;

import java.nio.charset.StandardCharsets;
import org.medicd.fact.ProcessId;

/**
 * /proc/PID/stat (proc_pid_stat(5)), as far as medicd needs it. A thread's stat reads the same.
 *
 * @param comm name; bytes that are no UTF-8 are replaced
 * @param state the letter
 * @param flags the kernel's PF_ flags
 * @param minorFaults page faults that needed no storage, of all threads
 * @param majorFaults page faults that did
 * @param userTicks utime, of all threads
 * @param systemTicks stime, of all threads
 * @param terminal device number of the controlling terminal; 0 without one
 * @param childUserTicks utime of the children that were reaped
 * @param childSystemTicks stime of the children that were reaped
 * @param startTicks start after boot
 * @param rssPages resident pages
 */
public record PidStat(
    int pid,
    String comm,
    char state,
    int parent,
    int processGroup,
    int session,
    int terminal,
    long flags,
    long minorFaults,
    long majorFaults,
    long userTicks,
    long systemTicks,
    long childUserTicks,
    long childSystemTicks,
    int nice,
    int threads,
    long startTicks,
    long rssPages) {
  private static final String FILE = "proc/PID/stat";
  private static final long PF_KTHREAD = 0x00200000;

  public ProcessId id() {
    return new ProcessId(pid, startTicks);
  }

  /** A thread of the kernel. */
  public boolean isKernelThread() {
    return (flags & PF_KTHREAD) != 0;
  }

  /** Leads a session with a controlling terminal: somebody's login. */
  public boolean leadsSession() {
    return session == pid && terminal != 0;
  }

  /** Time on a CPU since it started. */
  public long cpuTicks() {
    return userTicks + systemTicks;
  }

  /** Ended, and waiting to be reaped; a leader whose other threads live on is not. */
  public boolean isZombie() {
    return state == 'Z' && threads <= 1;
  }

  public static PidStat parse(String content) throws MalformedKernelFile {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, bytes.length);
  }

  /** Cuts at the last ')': a comm may contain one, as "(sd-pam)" does, and line breaks too. */
  public static PidStat parse(byte[] content, int length) throws MalformedKernelFile {
    int open = 0;
    while (open < length && content[open] != '(') {
      open++;
    }
    int close = length - 1;
    while (close > open && content[close] != ')') {
      close--;
    }
    if (close <= open) {
      throw new MalformedKernelFile(FILE, "no name in parentheses");
    }
    int pid = new NumberScanner(FILE, content, 0, open).smallNumber();
    String comm = new String(content, open + 1, close - open - 1, StandardCharsets.UTF_8);
    return fields(pid, comm, new NumberScanner(FILE, content, close + 1, length));
  }

  private static PidStat fields(int pid, String comm, NumberScanner scanner)
      throws MalformedKernelFile {
    char state = scanner.letter();
    int parent = scanner.smallNumber();
    int processGroup = scanner.smallNumber();
    int session = scanner.smallNumber();
    int terminal = scanner.smallNumber();
    scanner.skip(1); // tpgid
    long flags = scanner.number();
    long minorFaults = scanner.number();
    scanner.skip(1); // cminflt
    long majorFaults = scanner.number();
    scanner.skip(1); // cmajflt
    long userTicks = scanner.number();
    long systemTicks = scanner.number();
    long childUserTicks = scanner.number();
    long childSystemTicks = scanner.number();
    scanner.skip(1); // priority
    int nice = scanner.smallNumber();
    int threads = scanner.smallNumber();
    scanner.skip(1); // itrealvalue
    long startTicks = scanner.number();
    scanner.skip(1); // vsize
    long rssPages = scanner.number();
    return new PidStat(
        pid,
        comm,
        state,
        parent,
        processGroup,
        session,
        terminal,
        flags,
        minorFaults,
        majorFaults,
        userTicks,
        systemTicks,
        childUserTicks,
        childSystemTicks,
        nice,
        threads,
        startTicks,
        rssPages);
  }
}

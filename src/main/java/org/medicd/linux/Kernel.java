package org.medicd.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Figures of the running kernel and of this process that do not change while it runs. */
public final class Kernel {
  private static final long TICKS_PER_SECOND = Libc.sysconf(Libc.SC_CLK_TCK);
  private static final int EPERM = 1;
  private static final long PAGE_BYTES = Libc.sysconf(Libc.SC_PAGESIZE);

  private Kernel() {}

  /** Clock ticks in which /proc/PID/stat counts, a second: nearly always 100. */
  public static long ticksPerSecond() {
    return TICKS_PER_SECOND;
  }

  public static long pageBytes() {
    return PAGE_BYTES;
  }

  public static int effectiveUserId() {
    return Libc.geteuid();
  }

  /** How many files this process may have open: the soft RLIMIT_NOFILE. */
  public static long openFilesLimit() throws LinuxException {
    return limit(Libc.RLIMIT_NOFILE);
  }

  private static long limit(int resource) throws LinuxException {
    long[] softAndHard = new long[2];
    if (Libc.getrlimit(resource, softAndHard) < 0) {
      throw Libc.failure("getrlimit");
    }
    return softAndHard[0] < 0 ? Long.MAX_VALUE : softAndHard[0];
  }

  /**
   * Keeps in memory what this process has there and what it will yet touch (mlockall(2)): a host
   * that runs out of memory then takes other pages. It has no more in memory by that.
   *
   * @throws LinuxException where it may not. A limit that is not reached yet is no leave: a later
   *     mapping would fail because of it
   */
  public static void stayInMemory() throws LinuxException {
    if (!Capability.IPC_LOCK.isHeld() && limit(Libc.RLIMIT_MEMLOCK) < Long.MAX_VALUE) {
      throw new LinuxException("mlockall without CAP_IPC_LOCK or LimitMEMLOCK=infinity", EPERM);
    }
    if (Libc.mlockall(Libc.MCL_CURRENT | Libc.MCL_FUTURE | Libc.MCL_ONFAULT) < 0) {
      throw Libc.failure("mlockall");
    }
  }

  /** Differs after every boot: start ticks mean something within one boot only. */
  public static String bootId() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
  }

  /** Time since boot, with the time in which the host was suspended: start ticks count in it. */
  public static Duration sinceBoot() {
    long[] secondsAndNanos = new long[2];
    Libc.clock_gettime(Libc.CLOCK_BOOTTIME, secondsAndNanos);
    return Duration.ofSeconds(secondsAndNanos[0], secondsAndNanos[1]);
  }

  /**
   * Gives the calling thread a name, of which the kernel keeps 15 bytes, and tells its listeners.
   */
  public static void nameThisThread(String name) {
    Libc.prctl(Libc.PR_SET_NAME, Libc.string(name), 0, 0, 0);
  }

  /** CLOCK_MONOTONIC in microseconds, which stands still in suspend, as the kernel's log does. */
  public static long monotonicMicros() {
    long[] secondsAndNanos = new long[2];
    Libc.clock_gettime(Libc.CLOCK_MONOTONIC, secondsAndNanos);
    return secondsAndNanos[0] * 1_000_000 + secondsAndNanos[1] / 1_000;
  }
}

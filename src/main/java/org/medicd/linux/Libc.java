package org.medicd.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The C library, mapped directly. Longs stand for long, size_t and off_t: 64-bit hosts only, as
 * everything in medicd. A variadic C function is declared with the arguments it is called with,
 * which is the same call on x86_64 and aarch64.
 */
final class Libc {
  static final int O_RDONLY = 0;
  static final int O_CLOEXEC = 0x80000;
  static final int O_DIRECTORY = onAarch64() ? 0x4000 : 0x10000;
  static final int SYS_GETDENTS64 = onAarch64() ? 61 : 217;
  static final int SYS_IOPRIO_SET = onAarch64() ? 30 : 251;
  static final int O_NONBLOCK = 0x800;
  static final int SEEK_END = 2;
  static final int SYS_PIDFD_SEND_SIGNAL = 424;
  static final int SYS_PIDFD_OPEN = 434;
  static final int AF_UNIX = 1;
  static final int AF_NETLINK = 16;
  static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  static final int SOL_SOCKET = 1;
  static final int SO_RCVBUF = 8;
  static final int SO_ATTACH_FILTER = 26;
  static final int SO_RCVBUFFORCE = 33;
  static final int MSG_DONTWAIT = 0x40;
  static final int MSG_NOSIGNAL = 0x4000;
  static final int PR_SET_NAME = 15;
  static final int RLIMIT_NOFILE = 7;
  static final int RLIMIT_MEMLOCK = 8;
  static final int MCL_CURRENT = 1;
  static final int MCL_FUTURE = 2;
  static final int MCL_ONFAULT = 4;
  static final int SC_CLK_TCK = 2;
  static final int SC_PAGESIZE = 30;
  static final int CLOCK_MONOTONIC = 1;
  static final int CLOCK_BOOTTIME = 7;

  static {
    Native.register(Libc.class, "c");
  }

  private Libc() {}

  private static boolean onAarch64() {
    return System.getProperty("os.arch", "").equals("aarch64");
  }

  static native int open(byte[] path, int flags);

  static native int close(int descriptor);

  /** The buffer must be direct. */
  static native long pread(int descriptor, ByteBuffer buffer, long count, long offset);

  static native long read(int descriptor, byte[] buffer, long count);

  /** The buffer must be direct. */
  static native long read(int descriptor, ByteBuffer buffer, long count);

  static native long lseek(int descriptor, long offset, int whence);

  static native long readlink(byte[] path, byte[] target, long size);

  static native long syscall(long number, int first, int second);

  static native long syscall(long number, int first, int second, long third, int fourth);

  /** The buffer must be direct. */
  static native long syscall(long number, int first, ByteBuffer second, long third);

  static native int setpriority(int which, int who, int priority);

  static native int sched_setaffinity(int thread, long size, byte[] mask);

  static native int sched_setscheduler(int thread, int policy, int[] parameters);

  /** The buffer must be direct; the caller may be held for ever. */
  static native int statvfs(byte[] path, ByteBuffer answer);

  static native int poll(byte[] descriptors, long count, int timeoutMillis);

  static native int mlockall(int flags);

  static native int getrlimit(int resource, long[] softAndHard);

  static native int socket(int domain, int type, int protocol);

  static native long sendto(
      int socket, byte[] message, long length, int flags, byte[] address, int addressLength);

  static native int bind(int socket, byte[] address, int addressLength);

  static native int setsockopt(int socket, int level, int option, byte[] value, int length);

  /** The buffer holds count mmsghdr and must be direct. */
  static native int recvmmsg(
      int socket, ByteBuffer messages, int count, int flags, @Nullable Pointer timeout);

  static native int prctl(int option, byte[] name, long third, long fourth, long fifth);

  static native long sysconf(int name);

  static native int geteuid();

  static native int clock_gettime(int clock, long[] secondsAndNanos);

  static native String strerror(int errno);

  /** As C has strings. */
  static byte[] string(String text) {
    return (text + "\0").getBytes(StandardCharsets.UTF_8);
  }

  /** Why the last call of this thread failed. */
  static LinuxException failure(String call) {
    return new LinuxException(call, Native.getLastError());
  }
}

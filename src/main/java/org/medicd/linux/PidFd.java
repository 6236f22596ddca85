package org.medicd.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A process that cannot be mistaken for a later one of the same pid: pidfd_open(2). Prove who it is
 * after opening it and before sending anything.
 */
public final class PidFd implements AutoCloseable {
  private static final int CLOSED = -1;
  private static final short POLLIN = 1;
  private static final int POLLFD_BYTES = 8;
  private static final int REVENTS_AT = 6;

  private final int pid;
  private int number;

  private PidFd(int pid, int number) {
    this.pid = pid;
    this.number = number;
  }

  /** Fails with {@link LinuxException#isNoSuchProcess()} where no process has that pid. */
  public static PidFd open(int pid) throws LinuxException {
    int number = (int) Libc.syscall(Libc.SYS_PIDFD_OPEN, pid, 0);
    if (number < 0) {
      throw Libc.failure("pidfd_open " + pid);
    }
    return new PidFd(pid, number);
  }

  /** Sends a signal; 0 only asks whether it could be sent. */
  public synchronized void signal(int signal) throws LinuxException {
    if (Libc.syscall(Libc.SYS_PIDFD_SEND_SIGNAL, number, signal, 0L, 0) < 0) {
      throw Libc.failure("pidfd_send_signal " + signal + " to pid " + pid);
    }
  }

  /** Whether it has ended; true for a zombie too. */
  public synchronized boolean hasEnded() throws LinuxException {
    if (number == CLOSED) {
      throw new IllegalStateException("the pidfd of pid " + pid + " is closed");
    }
    ByteBuffer poll = ByteBuffer.allocate(POLLFD_BYTES).order(ByteOrder.nativeOrder());
    poll.putInt(number).putShort(POLLIN);
    if (Libc.poll(poll.array(), 1, 0) < 0) {
      LinuxException failure = Libc.failure("poll of pid " + pid);
      if (failure.isInterrupted()) {
        return hasEnded();
      }
      throw failure;
    }
    return (poll.getShort(REVENTS_AT) & POLLIN) != 0;
  }

  @Override
  public synchronized void close() {
    if (number != CLOSED) {
      Libc.close(number);
      number = CLOSED;
    }
  }
}

package org.medicd.linux;

import java.io.IOException;

/** A system call that failed, with the kernel's reason. */
public final class LinuxException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int EINTR = 4;
  private static final int EPERM = 1;
  private static final int ESRCH = 3;
  private static final int EACCES = 13;
  private static final int EAGAIN = 11;
  private static final int EPIPE = 32;
  private static final int ENOBUFS = 105;
  private static final int ENOENT = 2;
  private static final int ENODEV = 19;
  private static final int EMSGSIZE = 90;

  private final String call;
  private final int errno;

  LinuxException(String call, int errno) {
    super(call + ": " + Libc.strerror(errno) + " (errno " + errno + ")");
    this.call = call;
    this.errno = errno;
  }

  /** The call with its subject, as "pidfd_open 17". */
  public String call() {
    return call;
  }

  /** The error number of errno(3). */
  public int errno() {
    return errno;
  }

  /** ESRCH: the process that was meant has ended. */
  public boolean isNoSuchProcess() {
    return errno == ESRCH;
  }

  /** ENOENT: there is no such file. */
  public boolean isNoSuchFile() {
    return errno == ENOENT;
  }

  /** ENODEV: what the open file told of has been removed, as a control group. */
  public boolean isNoSuchDevice() {
    return errno == ENODEV;
  }

  /** EACCES or EPERM: it takes more privileges. */
  public boolean isDenied() {
    return errno == EACCES || errno == EPERM;
  }

  /** EAGAIN: nothing to be had right now. */
  public boolean isNothingYet() {
    return errno == EAGAIN;
  }

  /** EPIPE: what was to be read next is gone. */
  public boolean isOverwritten() {
    return errno == EPIPE;
  }

  /** ENOBUFS: messages came faster than they were taken, and some are lost. */
  public boolean isOverrun() {
    return errno == ENOBUFS;
  }

  /** EMSGSIZE: the message is larger than the socket takes. */
  boolean isTooLarge() {
    return errno == EMSGSIZE;
  }

  boolean isInterrupted() {
    return errno == EINTR;
  }
}

package org.medicd.linux.proc;

/**
 * /proc/PID/io (proc_pid_io(5)), of all threads. Reading it takes a lock that an exec which hangs
 * can hold.
 *
 * @param readBytes fetched from storage
 * @param writeBytes sent to storage, or about to be
 */
public record PidIo(long readBytes, long writeBytes) {
  public static PidIo parse(String content) throws MalformedKernelFile {
    Lines lines = new Lines("proc/PID/io", content);
    return new PidIo(lines.get("read_bytes").number(0), lines.get("write_bytes").number(0));
  }
}

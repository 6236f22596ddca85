package org.medicd.linux.proc;

/**
 * /proc/uptime (proc_uptime(5)): how long the host has run, with the time in which it was
 * suspended.
 *
 * @param seconds since it was started
 */
public record Uptime(double seconds) {
  public static Uptime parse(String content) throws MalformedKernelFile {
    return new Uptime(new TextScanner("proc/uptime", content).decimal());
  }
}

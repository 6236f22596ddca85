package org.medicd.linux.proc;

/** A file below /proc/sys that holds one number, as kernel/pid_max. */
public record SysctlNumber(long value) {
  public static SysctlNumber parse(String content) throws MalformedKernelFile {
    return new SysctlNumber(new TextScanner("proc/sys", content).number());
  }
}

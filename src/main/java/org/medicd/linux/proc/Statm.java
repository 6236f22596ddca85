package org.medicd.linux.proc;

/** /proc/PID/statm (proc_pid_statm(5)): memory in pages. */
public record Statm(long sizePages, long residentPages, long sharedPages) {
  public static Statm parse(String content) throws MalformedKernelFile {
    Words words = new Words("proc/PID/statm", content);
    return new Statm(words.number(0), words.number(1), words.number(2));
  }
}

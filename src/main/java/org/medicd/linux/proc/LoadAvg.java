package org.medicd.linux.proc;

/** /proc/loadavg (proc_loadavg(5)): tasks that run, want to run or are in D state. */
public record LoadAvg(double load1, double load5, double load15) {
  public static LoadAvg parse(String content) throws MalformedKernelFile {
    Words words = new Words("proc/loadavg", content);
    return new LoadAvg(words.decimal(0), words.decimal(1), words.decimal(2));
  }
}

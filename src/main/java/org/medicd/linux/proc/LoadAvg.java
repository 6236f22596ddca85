package org.medicd.linux.proc;

import org.jspecify.annotations.Nullable;

/**
 * /proc/loadavg (proc_loadavg(5)): tasks that run, want to run or are in D state.
 *
 * @param tasks processes and threads there are
 */
public record LoadAvg(double load1, double load5, double load15, @Nullable Long tasks) {
  public static LoadAvg parse(String content) throws MalformedKernelFile {
    TextScanner scanner = new TextScanner("proc/loadavg", content);
    return new LoadAvg(scanner.decimal(), scanner.decimal(), scanner.decimal(), tasks(scanner));
  }

  /** Of 3/4000: three can run. */
  private static @Nullable Long tasks(TextScanner scanner) throws MalformedKernelFile {
    if (!scanner.hasWord()) {
      return null;
    }
    scanner.upToLast('/');
    return scanner.number();
  }
}

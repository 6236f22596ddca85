package org.medicd.collect;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder that looks like /proc, with a host of two CPUs in it. */
public final class ProcFolder {
  public static final String NORMAL = "4194560";
  public static final String KTHREAD = "2129984";

  private final Path root;

  public ProcFolder(Path parent) throws IOException {
    root = Files.createDirectory(parent.resolve("proc"));
    write("stat", "cpu 0 0 0 0 0 0 0 0\ncpu0 0 0 0 0\ncpu1 0 0 0 0\nbtime 1000\nprocs_running 1\n");
    write("meminfo", "MemTotal: 1000 kB\nMemFree: 100 kB\nMemAvailable: 250 kB\n");
    write("loadavg", "0.50 0.40 0.30 1/2 3\n");
    write("uptime", "7300.25 14000.50\n");
    write("vmstat", "pswpin 0\npswpout 0\npgmajfault 0\noom_kill 0\n");
    write("sys/kernel/pid_max", "1000\n");
    write("sys/kernel/threads-max", "500\n");
    write("sys/fs/file-nr", "40\t0\t1000\n");
    for (String resource : new String[] {"cpu", "memory", "io"}) {
      write("pressure/" + resource, "some avg10=1.00 avg60=2.00 avg300=3.00 total=4\n");
    }
  }

  public Path root() {
    return root;
  }

  public ProcFolder write(String file, String content) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public ProcFolder link(String file, String target) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.createSymbolicLink(root.resolve(file), Path.of(target));
    return this;
  }

  public void remove(String file) throws IOException {
    try (Stream<Path> all = Files.walk(root.resolve(file))) {
      all.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
    }
  }

  /** A process with its first thread; what is not set is that of an idle shell. */
  public Entry process(int pid) {
    return new Entry(pid);
  }

  public final class Entry {
    private final int pid;
    private String comm = "sh";
    private char state = 'S';
    private int parent = 1;
    private String flags = NORMAL;
    private long ticks;
    private int threads = 1;
    private long startTicks = 500;
    private long rssPages = 10;
    private long switches = 1;
    private long anonKib = 4;

    private Entry(int pid) {
      this.pid = pid;
    }

    public Entry comm(String value) {
      comm = value;
      return this;
    }

    public Entry state(char value) {
      state = value;
      return this;
    }

    public Entry parent(int value) {
      parent = value;
      return this;
    }

    public Entry kernelThread() {
      flags = KTHREAD;
      return this;
    }

    public Entry ticks(long value) {
      ticks = value;
      return this;
    }

    public Entry threads(int value) {
      threads = value;
      return this;
    }

    public Entry startTicks(long value) {
      startTicks = value;
      return this;
    }

    public Entry rssPages(long value) {
      rssPages = value;
      return this;
    }

    public Entry switches(long value) {
      switches = value;
      return this;
    }

    public Entry anonKib(long value) {
      anonKib = value;
      return this;
    }

    public Entry schedstat(long runNanos, long waitNanos) {
      return schedstat(pid, runNanos, waitNanos);
    }

    public Entry schedstat(int thread, long runNanos, long waitNanos) {
      write(pid + "/task/" + thread + "/schedstat", runNanos + " " + waitNanos + " 1\n");
      return this;
    }

    /** Writes stat and status; of a thread of its own too if it is another. */
    public Entry put() {
      putTask(pid + "/", pid);
      putTask(pid + "/task/" + pid + "/", pid);
      return this;
    }

    public Entry putThread(int thread) {
      putTask(pid + "/task/" + thread + "/", thread);
      return this;
    }

    private void putTask(String folder, int task) {
      write(
          folder + "stat",
          "%d (%s) %c %d 1 1 0 -1 %s 0 0 0 0 %d 0 0 0 20 0 %d 0 %d 0 %d 0 0\n"
              .formatted(task, comm, state, parent, flags, ticks, threads, startTicks, rssPages));
      write(
          folder + "status",
          ("State:\t%c (x)\nUid:\t1000\t1000\t1000\t1000\nRssAnon:\t%d kB\nVmSwap:\t0 kB\n"
                  + "voluntary_ctxt_switches:\t%d\nnonvoluntary_ctxt_switches:\t0\n")
              .formatted(state, anonKib, switches));
    }
  }
}

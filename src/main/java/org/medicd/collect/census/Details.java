package org.medicd.collect.census;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.ProcTree;
import org.medicd.collect.Readers;
import org.medicd.fact.Gap;
import org.medicd.fact.ProcessId;
import org.medicd.linux.KernelFiles;
import org.medicd.linux.proc.Passwd;

/**
 * Reads beside the tick what may block: command lines (they take the mmap lock of a process that
 * may hang), and what blocked tasks wait for. Waits have readers of their own, so that hung command
 * lines cannot hold them up.
 */
final class Details implements AutoCloseable {
  private static final int COMMAND_LINE_BYTES = 4096;
  private static final int PASSWD_BYTES = 16 << 20;

  private final ProcTree tree;
  private final Path passwdFile;
  private final WaitFinder waits;
  private final Sampler sampler;
  private final Readers commandLineReaders;
  private final Readers waitReaders;
  private final Readers sampleReaders;
  private final Queue<Watched> answered = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable ThreadScan> threadScan = new AtomicReference<>();
  private volatile boolean threadsAsked;
  private volatile Passwd passwd = new Passwd(Map.of());

  Details(ProcTree tree, Path passwdFile, LongSupplier monotonicNanos) {
    this.tree = tree;
    this.passwdFile = passwdFile;
    this.waits = new WaitFinder(tree, FileSyscalls.of(System.getProperty("os.arch", "")));
    this.commandLineReaders = new Readers("proc/PID/cmdline", monotonicNanos);
    this.waitReaders = new Readers("proc/PID/syscall", monotonicNanos);
    this.sampler = new Sampler(tree, monotonicNanos);
    this.sampleReaders = new Readers("proc/PID/io", monotonicNanos);
    readPasswd();
  }

  Passwd passwd() {
    return passwd;
  }

  void askPasswd() {
    commandLineReaders.offer(passwdFile.toString(), this::readPasswd);
  }

  private void readPasswd() {
    try {
      passwd = Passwd.parse(KernelFiles.read(passwdFile.toString(), PASSWD_BYTES));
    } catch (IOException e) {
      // users keep their numbers
    }
  }

  void askCommandLine(int pid, ProcessDetails details) {
    if (!details.commandLineAsked) {
      details.commandLineAsked = true;
      if (!commandLineReaders.offer("pid " + pid, () -> readCommandLine(pid, details))) {
        details.commandLineAsked = false;
      }
    }
  }

  private void readCommandLine(int pid, ProcessDetails details) {
    try {
      String line = tree.read(pid + "/cmdline", COMMAND_LINE_BYTES).replace('\0', ' ').strip();
      String now = line.isEmpty() ? null : line;
      if (!Objects.equals(now, details.commandLine)) {
        details.commandLine = now;
        answered.add(details.of);
      }
    } catch (IOException e) {
      // world-readable: it has ended, and the next look tells so
    } finally {
      details.commandLineAsked = false;
    }
  }

  void askWait(int pid, int task, ProcessDetails details) {
    if (!details.waitAsked) {
      details.waitAsked = true;
      if (!waitReaders.offer("pid " + pid, () -> readWait(pid, task, details))) {
        details.waitAsked = false;
      }
    }
  }

  private void readWait(int pid, int task, ProcessDetails details) {
    details.wait = waits.find(pid, task);
    details.waitAsked = false;
    answered.add(details.of);
  }

  void askSample(int pid, Wanted wanted, ProcessDetails details) {
    if (!details.sampleAsked) {
      details.sampleAsked = true;
      if (!sampleReaders.offer("pid " + pid, () -> readSample(pid, wanted, details))) {
        details.sampleAsked = false;
      }
    }
  }

  private void readSample(int pid, Wanted wanted, ProcessDetails details) {
    Sample sample = sampler.take(pid, wanted, details.limit);
    details.limit = sample.limit();
    details.sample.set(sample);
    details.sampleAsked = false;
    answered.add(details.of);
  }

  /** One of those about whom something new has been read; null where there is none left. */
  @Nullable Watched takeAnswered() {
    return answered.poll();
  }

  void askThreads(List<ProcessId> processes) {
    if (!threadsAsked) {
      threadsAsked = true;
      if (!waitReaders.offer("threads", () -> readThreads(processes))) {
        threadsAsked = false;
      }
    }
  }

  private void readThreads(List<ProcessId> processes) {
    threadScan.set(ThreadScan.of(tree, processes));
    threadsAsked = false;
  }

  /** The result of the last scan, once. */
  @Nullable ThreadScan takeThreadScan() {
    return threadScan.getAndSet(null);
  }

  /** Looks after the readers, once a tick. */
  List<Gap> check() {
    List<Gap> gaps = new ArrayList<>(commandLineReaders.check());
    gaps.addAll(waitReaders.check());
    gaps.addAll(sampleReaders.check());
    return gaps;
  }

  @Override
  public void close() {
    commandLineReaders.close();
    waitReaders.close();
    sampleReaders.close();
  }
}

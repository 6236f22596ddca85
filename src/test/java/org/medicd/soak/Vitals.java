package org.medicd.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.medicd.lab.SystemdLab;

/**
 * What medicd holds at a moment of rest.
 *
 * @param descriptors that it has open, but the one of each process that it watches
 * @param threads of it
 * @param heapKib live objects, after a full collection, in KiB
 * @param committedKib what the heap has of memory then, in KiB
 * @param anonKib its anonymous memory, in KiB
 * @param storeKib what it keeps on the disk, in KiB
 */
record Vitals(
    int descriptors, int threads, long heapKib, long committedKib, long anonKib, long storeKib) {
  private static final Duration SHORT = Duration.ofSeconds(20);
  private static final Pattern USED = Pattern.compile("used (\\d+)K");
  private static final Pattern TOTAL = Pattern.compile("total (\\d+)K");
  private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");
  private static final Pattern ANON = Pattern.compile("RssAnon:\\s+(\\d+) kB");

  /**
   * Takes them.
   *
   * @param inLab process id as the lab numbers it
   * @param pid the same as this machine numbers it
   */
  static Vitals of(SystemdLab lab, int inLab, long pid) throws IOException {
    jcmd(lab, inLab, "GC.run");
    String info = jcmd(lab, inLab, "GC.heap_info");
    String heap = info.substring(0, info.indexOf("Metaspace"));
    String status = Files.readString(Path.of("/proc/" + pid + "/status"));
    return new Vitals(
        descriptors(Path.of("/proc/" + pid + "/fd")),
        (int) sum(THREADS, status),
        sum(USED, heap),
        sum(TOTAL, heap),
        sum(ANON, status),
        size(lab.inLab(Path.of("/var/lib/medicd"))));
  }

  /** How many there are of each class, and of what size: to look at where the heap has grown. */
  static String classes(SystemdLab lab, int inLab) {
    return jcmd(lab, inLab, "GC.class_histogram");
  }

  private static String jcmd(SystemdLab lab, int pid, String command) {
    String program = System.getProperty("java.home") + "/bin/jcmd";
    return lab.run(SHORT, program, "" + pid, command).expectSuccess();
  }

  private static long sum(Pattern pattern, String text) {
    return pattern.matcher(text).results().mapToLong(found -> Long.parseLong(found.group(1))).sum();
  }

  private static int descriptors(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return (int) all.filter(each -> !isOfProcess(each)).count();
    }
  }

  private static boolean isOfProcess(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().matches("/proc/\\d+/stat");
    } catch (IOException e) {
      return true; // it was closed just now
    }
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).mapToLong(each -> each.toFile().length()).sum()
          / 1024;
    }
  }

  /** Code, metadata of classes, stacks, malloc. */
  private long outsideKib() {
    return anonKib - committedKib;
  }

  /** What has grown since, over what a rest may differ from another; empty: nothing. */
  List<String> growth(Vitals before) {
    return Stream.of(
            over("descriptors", descriptors - before.descriptors, 5),
            over("threads", threads - before.threads, 3),
            over("KiB of heap", heapKib - before.heapKib, 4 * 1024),
            over("KiB outside of its heap", outsideKib() - before.outsideKib(), 16 * 1024))
        .flatMap(each -> each)
        .toList();
  }

  private static Stream<String> over(String what, long more, long most) {
    return more > most ? Stream.of("medicd holds " + more + " more " + what) : Stream.empty();
  }

  @Override
  public String toString() {
    return "%d descriptors, %d threads, heap %.1f of %.1f MiB, %.1f MiB outside of it, store %.1f MiB"
        .formatted(
            descriptors,
            threads,
            heapKib / 1024.0,
            committedKib / 1024.0,
            outsideKib() / 1024.0,
            storeKib / 1024.0);
  }
}

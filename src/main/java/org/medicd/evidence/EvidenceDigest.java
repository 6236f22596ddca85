package org.medicd.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What was captured of an incident, in a few lines: which parts there are, what the busiest thread
 * does, and the calls that take most of its time. A disk that hangs costs a second.
 */
public final class EvidenceDigest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int MOST_HANGING = 2;
  private static final int MOST_FOLDERS = 10;
  private static final int MOST_FRAMES = 5;
  private static final int MOST_BYTES = 512 * 1024;
  private static final int MOST_PARTS = 20;

  /** As 2-4711-123456: the rung, the pid and when it began. */
  private static final Pattern PROCESS = Pattern.compile("[0-9]+-[0-9]+-[0-9]+");

  /** As it stands in threads.txt. */
  private static final Pattern THREAD =
      Pattern.compile("thread ([0-9]{1,9}) (\".*\") state (\\S+), wchan (.*)");

  /** Calls, those that failed, seconds, name: the first line is the call that took longest. */
  private static final Pattern CALL =
      Pattern.compile(" *([0-9]+) +[0-9]+ +([0-9.]+)  ([a-z0-9_]+)");

  private final ExpendableThreads threads = new ExpendableThreads(MOST_HANGING);

  /**
   * @param folders of the incident
   * @return none where nothing was captured
   */
  public List<String> of(List<String> folders) {
    if (folders.isEmpty()) {
      return List.of();
    }
    try {
      return threads.within(PATIENCE, () -> read(folders));
    } catch (IOException | TimeoutException e) {
      return List.of("captured; it cannot be read now");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private static List<String> read(List<String> folders) throws IOException {
    List<String> lines = new ArrayList<>();
    Set<String> parts = new TreeSet<>();
    for (Path capture : captures(folders)) {
      parts.addAll(parts(capture));
      if (lines.isEmpty() && PROCESS.matcher(name(capture)).matches()) {
        busiest(capture).ifPresent(lines::add);
        longestCall(capture).ifPresent(lines::add);
      }
    }
    if (!parts.isEmpty()) {
      String more = parts.size() > MOST_PARTS ? " …" : "";
      List<String> first = parts.stream().limit(MOST_PARTS).toList();
      lines.add("captured: " + Printable.line(String.join(", ", first)) + more);
    }
    return lines;
  }

  /** The folders of single captures, the latest rung's last. */
  private static List<Path> captures(List<String> folders) throws IOException {
    List<Path> captures = new ArrayList<>();
    for (String folder : folders) {
      try (Stream<Path> all = Files.list(Path.of(folder))) {
        all.filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
            .sorted()
            .limit(MOST_FOLDERS)
            .forEach(captures::add);
      } catch (NoSuchFileException e) {
        continue; // it was old, or too much
      }
    }
    return captures;
  }

  private static List<String> parts(Path capture) throws IOException {
    try (Stream<Path> files = Files.list(capture)) {
      return files
          .map(EvidenceDigest::name)
          .filter(each -> each.endsWith(".txt") && !each.equals("summary.txt"))
          .map(each -> each.substring(0, each.length() - ".txt".length()))
          .toList();
    }
  }

  private record Busy(int tid, String name, String state, String wchan) {
    /** One that runs, else one that waits for a disk, else the first. */
    int rank() {
      return state.equals("R") ? 0 : state.equals("D") ? 1 : 2;
    }
  }

  private static Optional<String> busiest(Path capture) throws IOException {
    Busy busiest = null;
    for (String line : text(capture, "threads.txt").lines().toList()) {
      Matcher found = THREAD.matcher(line);
      if (found.matches()) {
        int tid = Integer.parseInt(found.group(1));
        Busy next = new Busy(tid, found.group(2), found.group(3), found.group(4));
        busiest = busiest == null || next.rank() < busiest.rank() ? next : busiest;
      }
    }
    return busiest == null ? Optional.empty() : Optional.of(words(busiest, capture));
  }

  private static String words(Busy thread, Path capture) throws IOException {
    String kernel =
        thread.wchan().matches("[a-z_][a-z0-9_.]*") ? ", in the kernel's " + thread.wchan() : "";
    return "thread %d %s, state %s%s: %s"
        .formatted(thread.tid(), thread.name(), thread.state(), kernel, frames(thread, capture));
  }

  private static String frames(Busy thread, Path capture) throws IOException {
    for (Stacks stacks : Stacks.KNOWN) {
      List<String> frames = stacks.of(thread.tid(), text(capture, stacks.file()), MOST_FRAMES);
      if (!frames.isEmpty()) {
        return String.join(" ← ", frames);
      }
    }
    return "no stack";
  }

  private static Optional<String> longestCall(Path capture) throws IOException {
    return text(capture, "strace.txt")
        .lines()
        .map(CALL::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .map(
            found ->
                "%s took longest of its calls: %s s in %s calls"
                    .formatted(found.group(3), found.group(2), found.group(1)));
  }

  /** The beginning of a file; empty where there is none. */
  private static String text(Path capture, String file) throws IOException {
    Path path = capture.resolve(file);
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}

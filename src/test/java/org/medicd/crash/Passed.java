package org.medicd.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What kill-at saw of one or more lives of the daemon: every point that was passed, from outside
 * and at the call itself, whatever the daemon's own record says.
 *
 * @param lives the points of each, in order
 */
record Passed(List<List<Point>> lives) {
  private static final Pattern LINE =
      Pattern.compile("(\\w+) (\\d+) (.*?)(?: = (-?\\d+|\\?))?( killed)?");

  /**
   * One point.
   *
   * @param what as "TERM to 4242", "RestartUnit", "write journal.jsonl"
   * @param carriedOut the call was made and did not fail
   * @param doubtful it was killed while another of its threads was in that call
   * @param killed the daemon was killed here
   */
  record Point(
      String kind, int number, String what, boolean carriedOut, boolean doubtful, boolean killed) {}

  static Passed read(Path log) throws IOException {
    List<List<Point>> lives = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      Matcher parts = LINE.matcher(line);
      if (line.equals("begins")) {
        lives.add(new ArrayList<>());
      } else if (!line.startsWith("ended ") && parts.matches()) {
        String result = parts.group(4);
        lives
            .get(lives.size() - 1)
            .add(
                new Point(
                    parts.group(1),
                    Integer.parseInt(parts.group(2)),
                    parts.group(3),
                    result != null && result.matches("\\d+"),
                    "?".equals(result),
                    parts.group(5) != null));
      }
    }
    return new Passed(List.copyOf(lives));
  }

  /** How many points of each kind the last life had. */
  Map<String, Integer> counts() {
    Map<String, Integer> counts = new HashMap<>();
    lives.get(lives.size() - 1).forEach(point -> counts.merge(point.kind(), 1, Integer::sum));
    return counts;
  }

  /** Whether the last life was ended at its point. */
  boolean killed() {
    return lives.get(lives.size() - 1).stream().anyMatch(Point::killed);
  }

  /** What was really done in all lives, in order: signals or calls. */
  List<String> carriedOut(String kind) {
    return those(kind, Point::carriedOut);
  }

  /** What may have been done besides. */
  List<String> doubtful(String kind) {
    return those(kind, Point::doubtful);
  }

  private List<String> those(String kind, Predicate<Point> which) {
    return lives.stream()
        .flatMap(List::stream)
        .filter(point -> point.kind().equals(kind) && which.test(point))
        .map(Point::what)
        .toList();
  }

  /** Where it was killed, in each life that was. */
  List<String> kills() {
    return lives.stream()
        .flatMap(List::stream)
        .filter(Point::killed)
        .map(point -> point.kind() + " " + point.number() + " (" + point.what() + ")")
        .toList();
  }
}

package org.medicd.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often each call stands in the lines of strace -tt -T, and how long those took that came back.
 */
record CallTally(Map<String, Calls> byName) {
  /** "[pid 17] 12:00:00.123456 " or the time alone, and then "name(" or "<... name resumed>". */
  private static final Pattern LINE =
      Pattern.compile(
          "(?:\\[pid +[0-9]+] )?[0-9:.]{8,20} (?:([a-z0-9_]{1,40})\\(|<\\.\\.\\. ([a-z0-9_]{1,40}) resumed>)");

  private static final Pattern TOOK = Pattern.compile("<([0-9]{1,9}\\.[0-9]{1,9})>$");
  private static final Pattern FAILED = Pattern.compile("= -1 E[A-Z0-9]+ ");

  CallTally {
    byName = Map.copyOf(byName);
  }

  /** What is known of the calls of one name. */
  record Calls(int begun, int failed, double seconds) {
    Calls plus(Calls more) {
      return new Calls(begun + more.begun, failed + more.failed, seconds + more.seconds);
    }
  }

  static CallTally of(String output) {
    Map<String, Calls> byName = new HashMap<>();
    output
        .lines()
        .forEach(
            line -> {
              Matcher found = LINE.matcher(line);
              if (found.lookingAt()) {
                boolean begins = found.group(1) != null;
                String name = begins ? found.group(1) : found.group(2);
                Matcher took = TOOK.matcher(line);
                double seconds = took.find() ? Double.parseDouble(took.group(1)) : 0;
                int failed = FAILED.matcher(line).find() ? 1 : 0;
                byName.merge(name, new Calls(begins ? 1 : 0, failed, seconds), Calls::plus);
              }
            });
    return new CallTally(byName);
  }

  boolean isEmpty() {
    return byName.isEmpty();
  }

  /** A line for each call, those that took longest first. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (isEmpty()) {
      lines.add("  none: it computes, or waits for nothing that is a call");
      return lines;
    }
    lines.add("   calls  failed   seconds  name");
    byName.entrySet().stream()
        .sorted(
            Comparator.comparingDouble((Map.Entry<String, Calls> each) -> each.getValue().seconds)
                .reversed()
                .thenComparing(Map.Entry::getKey))
        .forEach(each -> lines.add(line(each.getKey(), each.getValue())));
    return lines;
  }

  private static String line(String name, Calls calls) {
    return String.format(
        Locale.ROOT, "%8d %7d %9.6f  %s", calls.begun, calls.failed, calls.seconds, name);
  }
}

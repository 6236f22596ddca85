package org.medicd.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the frames of one thread in what a debugger wrote of all. What is closer to the program
 * comes first: Python's and Java's own names say more than those of their machines.
 *
 * @param file what the debugger wrote
 * @param thread begins the part about a thread; its only group is the thread's id, 0x before a
 *     hexadecimal one
 * @param frame one frame; its only group is the name of the function
 */
record Stacks(String file, Pattern thread, Pattern frame) {
  private static final int LONGEST_NAME = 80;

  static final List<Stacks> KNOWN =
      List.of(
          new Stacks(
              "py-spy.txt", Pattern.compile("Thread ([0-9]+) .*"), Pattern.compile("    (\\S.*)")),
          new Stacks(
              "jstack.txt",
              Pattern.compile("\".*\" .*nid=(0x[0-9a-f]+|[0-9]+) .*"),
              Pattern.compile("\\s+at ([^(]+)\\(.*")),
          new Stacks(
              "eu-stack.txt",
              Pattern.compile("TID ([0-9]+):"),
              Pattern.compile("#[0-9]+ +0x[0-9a-f]+ +(\\S+).*")),
          new Stacks(
              "gdb.txt",
              Pattern.compile("Thread [0-9]+ \\(.*LWP ([0-9]+)\\).*"),
              Pattern.compile("#[0-9]+ +(?:0x[0-9a-f]+ in )?([^ (]+).*")));

  /**
   * The innermost functions of a thread, the innermost first; none where it is not there.
   *
   * @param most how many
   */
  List<String> of(int tid, String text, int most) {
    List<String> frames = new ArrayList<>();
    boolean within = false;
    for (String line : text.lines().toList()) {
      Integer begins = threadOf(line);
      if (begins != null) {
        within = begins == tid;
      } else if (within && frames.size() < most) {
        Matcher found = frame.matcher(line);
        if (found.matches()) {
          frames.add(cut(found.group(1)));
        }
      }
    }
    return frames;
  }

  private @Nullable Integer threadOf(String line) {
    Matcher found = thread.matcher(line);
    try {
      return found.matches() ? Integer.decode(found.group(1)) : null;
    } catch (NumberFormatException e) {
      return null; // no id of a thread has so many digits
    }
  }

  private static String cut(String name) {
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
  }
}

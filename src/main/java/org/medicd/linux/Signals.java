package org.medicd.linux;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Signal numbers by name, as signal(7) has them for x86_64 and aarch64. */
public final class Signals {
  /** As glibc counts them: it keeps 32 and 33 for itself. */
  private static final int RTMIN = 34;

  private static final int RTMAX = 64;
  private static final Pattern REAL_TIME = Pattern.compile("RT(MIN|MAX)(?:([+-])(\\d{1,2}))?");
  private static final Map<String, Integer> NUMBERS = new HashMap<>();

  static {
    String inOrder =
        "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT"
            + " STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS";
    for (String name : inOrder.split(" ")) {
      NUMBERS.put(name, NUMBERS.size() + 1);
    }
    NUMBERS.put("IOT", 6);
    NUMBERS.put("CLD", 17);
    NUMBERS.put("POLL", 29);
  }

  private Signals() {}

  /** The number of TERM, sigterm, RTMIN+1 …; empty for a name that no signal has. */
  public static OptionalInt number(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    String bare = upper.startsWith("SIG") ? upper.substring(3) : upper;
    Integer number = NUMBERS.get(bare);
    return number != null ? OptionalInt.of(number) : realTime(bare);
  }

  private static OptionalInt realTime(String name) {
    Matcher matcher = REAL_TIME.matcher(name);
    if (!matcher.matches()) {
      return OptionalInt.empty();
    }
    int number = matcher.group(1).equals("MIN") ? RTMIN : RTMAX;
    if (matcher.group(2) != null) {
      int step = Integer.parseInt(matcher.group(3));
      number += matcher.group(2).equals("+") ? step : -step;
    }
    return number >= RTMIN && number <= RTMAX ? OptionalInt.of(number) : OptionalInt.empty();
  }
}

package org.medicd.soak;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A signal that one process sent to another, as the kernel saw it.
 *
 * @param sender process id of the sender, as this machine numbers it; 0: not known
 * @param by name of the sending thread
 * @param signal its short name, as TERM
 * @param to name of the process that it was for, at that moment
 * @param pid process id of that one, as this machine numbers it
 */
record Sent(long sender, String by, String signal, String to, long pid) {
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*(?<by>.+)-\\d+\\s+\\(\\s*(?<sender>\\d+|-+)\\).* signal_generate: sig=(?<signal>\\d+)"
              + " errno=-?\\d+ code=-?\\d+ comm=(?<to>.*) pid=(?<pid>\\d+) grp=\\d+ res=\\d+");
  private static final int LAST_STANDARD = 31;
  private static final Map<Integer, String> NAMES =
      Map.of(9, "KILL", 15, "TERM", 17, "CHLD", 18, "CONT", 19, "STOP");

  /** Whoever sent it was about to end, and is neither systemd nor one of the patients. */
  boolean isOfUnknown() {
    return sender == 0 && !isOfTheLab();
  }

  /** By systemd, or by one of the patients, as to its children when it ends. */
  boolean isOfTheLab() {
    return by.equals("systemd") || by.startsWith("ill-") || by.startsWith("well-");
  }

  /** As a JVM sends it to its own threads. */
  boolean isOfTheJvm() {
    return signal.matches("\\d+") && Integer.parseInt(signal) > LAST_STANDARD;
  }

  /** Reads a line of the kernel's trace; empty where it is none of a signal. */
  static Optional<Sent> parse(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String sender = parts.group("sender");
    String number = parts.group("signal");
    return Optional.of(
        new Sent(
            sender.startsWith("-") ? 0 : Long.parseLong(sender),
            parts.group("by"),
            NAMES.getOrDefault(Integer.valueOf(number), number),
            parts.group("to"),
            Long.parseLong(parts.group("pid"))));
  }
}

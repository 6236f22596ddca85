package org.medicd.linux.systemd;

import java.nio.charset.StandardCharsets;

/** The name of an instance of a template unit, as systemd-escape(1) writes any text. */
public final class InstanceName {
  private InstanceName() {}

  /**
   * The unit that does a chore as root.
   *
   * @param asked INCIDENT RUNG CHORE
   */
  public static String ofChore(String asked) {
    return "medicd-chore@" + escape(asked) + ".service";
  }

  /** A slash is a hyphen; all but letters, digits, ":", "_" and "." is \xNN; a first "." too. */
  public static String escape(String text) {
    StringBuilder name = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char letter = (char) (each & 0xff);
      boolean plain =
          letter >= 'a' && letter <= 'z'
              || letter >= 'A' && letter <= 'Z'
              || letter >= '0' && letter <= '9'
              || letter == ':'
              || letter == '_'
              || letter == '.' && !name.isEmpty();
      if (letter == '/') {
        name.append('-');
      } else if (plain) {
        name.append(letter);
      } else {
        name.append(String.format("\\x%02x", each));
      }
    }
    return name.toString();
  }
}

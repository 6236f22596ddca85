package org.medicd.linux.systemd;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Names of units, as systemd.unit(5) has them. */
public final class UnitName {
  private UnitName() {}

  /** A text as an instance of a template: its unit finds it as %I. */
  public static String escape(String text) {
    StringBuilder name = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char letter = (char) (each & 0xff);
      if (letter == '/') {
        name.append('-');
      } else if (isPlain(letter) && !(letter == '.' && name.isEmpty())) {
        name.append(letter);
      } else {
        name.append("\\x").append(HexFormat.of().toHexDigits(each));
      }
    }
    return name.toString();
  }

  private static boolean isPlain(char letter) {
    return letter >= 'a' && letter <= 'z'
        || letter >= 'A' && letter <= 'Z'
        || letter >= '0' && letter <= '9'
        || letter == ':'
        || letter == '_'
        || letter == '.';
  }
}

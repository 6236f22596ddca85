package org.medicd.linux.systemd;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The object path of a unit: its name, in which all but letters and digits stand as _ and two hex
 * digits (sd_bus_path_encode(3)), as /org/freedesktop/systemd1/unit/nginx_2eservice.
 */
final class UnitPath {
  static final String PREFIX = "/org/freedesktop/systemd1/unit";

  private UnitPath() {}

  static String of(String name) {
    StringBuilder path = new StringBuilder(PREFIX).append('/');
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      char letter = (char) (bytes[i] & 0xff);
      boolean digit = letter >= '0' && letter <= '9';
      if (letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z' || digit && i > 0) {
        path.append(letter);
      } else {
        path.append('_').append(HexFormat.of().toHexDigits(bytes[i]));
      }
    }
    return path.toString();
  }

  /** Null where it is the path of no unit. */
  static @Nullable String name(@Nullable String path) {
    if (path == null || !path.startsWith(PREFIX + "/")) {
      return null;
    }
    String label = path.substring(PREFIX.length() + 1);
    byte[] bytes = new byte[label.length()];
    int length = 0;
    for (int i = 0; i < label.length(); i++) {
      char letter = label.charAt(i);
      boolean escaped =
          letter == '_'
              && i + 2 < label.length()
              && HexFormat.isHexDigit(label.charAt(i + 1))
              && HexFormat.isHexDigit(label.charAt(i + 2));
      if (escaped) {
        bytes[length++] = (byte) HexFormat.fromHexDigits(label, i + 1, i + 3);
        i += 2;
      } else {
        bytes[length++] = (byte) letter;
      }
    }
    return length == 0 ? null : new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}

package org.medicd.linux.proc;

import java.util.HashMap;
import java.util.Map;

/** /etc/passwd (passwd(5)): names of users. Lines that do not read as one are passed over. */
public record Passwd(Map<Integer, String> names) {
  private static final int UID = 2;

  public Passwd {
    names = Map.copyOf(names);
  }

  /** The user's name, else the number itself. */
  public String name(int uid) {
    String name = names.get(uid);
    return name != null ? name : Integer.toUnsignedString(uid);
  }

  public static Passwd parse(String content) {
    Map<Integer, String> names = new HashMap<>();
    for (String line : content.split("\n")) {
      String[] fields = line.split(":");
      if (fields.length > UID && !fields[0].isEmpty() && !line.startsWith("#")) {
        try {
          names.putIfAbsent(Integer.parseUnsignedInt(fields[UID]), fields[0]);
        } catch (NumberFormatException e) {
          // no user of this host, as "+::::::" of the NIS days
        }
      }
    }
    return new Passwd(names);
  }
}

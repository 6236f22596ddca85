package org.medicd.linux.proc;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The devices of what is mounted, by the number of the mount (/proc/PID/mountinfo), which is what
 * /proc/PID/fdinfo tells of an open file: so nobody has to ask the file system.
 *
 * @param byMount major:minor by mnt_id
 */
public record MountDevices(Map<Integer, String> byMount) {
  private static final int LONGEST_ID = 9;

  public MountDevices {
    byMount = Map.copyOf(byMount);
  }

  /** Never fails: what is no line of a mount is passed over. */
  public static MountDevices parse(String mountInfo) {
    Map<Integer, String> byMount = new HashMap<>();
    for (String line : mountInfo.split("\n")) {
      String[] words = line.split(" ", 4);
      Integer id = words.length < 4 ? null : number(words[0]);
      if (id != null) {
        byMount.put(id, words[2]);
      }
    }
    return new MountDevices(byMount);
  }

  /**
   * The device on which an open file lies, as major:minor; null where that is not known.
   *
   * @param fdInfo content of /proc/PID/fdinfo/N
   */
  public @Nullable String ofFile(String fdInfo) {
    String value = field("mnt_id:", fdInfo);
    Integer id = value == null ? null : number(value);
    return id == null ? null : byMount.get(id);
  }

  /** Whether it is open for writing, by its flags, which are octal. */
  public static boolean isWritable(String fdInfo) {
    String flags = field("flags:", fdInfo);
    return flags != null && (flags.endsWith("1") || flags.endsWith("2"));
  }

  private static @Nullable String field(String name, String content) {
    for (String line : content.split("\n")) {
      if (line.startsWith(name)) {
        return line.substring(name.length()).strip();
      }
    }
    return null;
  }

  private static @Nullable Integer number(String word) {
    boolean digits = !word.isEmpty() && word.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && word.length() <= LONGEST_ID ? Integer.valueOf(word) : null;
  }
}

package org.medicd.act.chore;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.FilesystemId;
import org.medicd.plan.Action;
import org.medicd.plan.Intent;

/**
 * Something that takes root. It can be written on a line, for whoever does it in another process:
 * "remount ro /data".
 *
 * @param what which
 * @param option ro or rw for REMOUNT, the setting for FORGET_LIMIT, for CGROUP_KILL which start of
 *     the unit is meant; else null
 * @param subject mount point of the file system that is ill, or the unit; null where it is about
 *     neither
 */
record Chore(What what, @Nullable String option, @Nullable String subject) {
  enum What {
    DROP_CACHES,
    RESET_SWAP,
    /** Turns on what a reset of swap that was broken off has left off. */
    SWAP_ON,
    VACUUM,
    REMOUNT,
    /** Removes the file in which systemd kept a limit that was lifted. */
    FORGET_LIMIT,
    /** Kills all that a unit runs, at once. */
    CGROUP_KILL;

    private String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  static Chore of(Intent intent) {
    Action action = intent.action();
    String mountPoint =
        intent.patient().subject() instanceof FilesystemId filesystem
            ? filesystem.mountPoint()
            : null;
    return switch (action.kind()) {
      case DROP_CACHES -> new Chore(What.DROP_CACHES, null, null);
      case RESET_SWAP -> new Chore(What.RESET_SWAP, null, null);
      case VACUUM -> new Chore(What.VACUUM, null, mountPoint);
      case REMOUNT -> new Chore(What.REMOUNT, String.valueOf(action.argument()), mountPoint);
      default -> throw new IllegalArgumentException(action.label() + " is no chore");
    };
  }

  String line() {
    return what.word()
        + (option == null ? "" : " " + option)
        + (subject == null ? "" : " " + subject);
  }

  /**
   * @throws IllegalArgumentException where it is none
   */
  static Chore parse(String line) {
    for (What what : What.values()) {
      String word = what.word();
      if (line.equals(word)) {
        return new Chore(what, null, null);
      }
      if (!line.startsWith(word + " ")) {
        continue;
      }
      String rest = line.substring(word.length() + 1);
      if (what == What.VACUUM && rest.startsWith("/")) {
        return new Chore(what, null, rest);
      }
      if (what == What.REMOUNT && rest.matches("(?s)r[ow] /.*")) {
        return new Chore(what, rest.substring(0, 2), rest.substring(3));
      }
      int space = rest.indexOf(' ');
      if ((what == What.FORGET_LIMIT || what == What.CGROUP_KILL) && space > 0) {
        return new Chore(what, rest.substring(0, space), rest.substring(space + 1));
      }
    }
    throw new IllegalArgumentException("'" + line + "' is no chore");
  }
}

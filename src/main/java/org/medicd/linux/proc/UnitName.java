package org.medicd.linux.proc;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The systemd unit that a control group stands for, by the rules of systemd's own cg_path_get_unit:
 * below the slices, the first name is the unit.
 */
public final class UnitName {
  private static final Pattern VALID =
      Pattern.compile(
          "[A-Za-z0-9:_.\\\\-]+(@[A-Za-z0-9:_.\\\\@-]*)?" + "\\.(service|scope|socket|mount|swap)");
  private static final Pattern SLICE = Pattern.compile("[A-Za-z0-9:_.\\\\-]+\\.slice");
  private static final int MAX_LENGTH = 255;

  private UnitName() {}

  /**
   * The system manager's unit, as nginx.service, or user@1000.service for all that a user's own
   * manager runs.
   *
   * @return null where the group belongs to no unit: the root, a slice itself, a container's tree
   */
  public static @Nullable String ofCgroup(String path) {
    for (String component : path.split("/")) {
      String name = component.startsWith("_") ? component.substring(1) : component;
      if (name.isEmpty() || isSlice(name)) {
        continue;
      }
      return name.length() <= MAX_LENGTH && VALID.matcher(name).matches() ? name : null;
    }
    return null;
  }

  private static boolean isSlice(String name) {
    return name.length() <= MAX_LENGTH && SLICE.matcher(name).matches();
  }
}

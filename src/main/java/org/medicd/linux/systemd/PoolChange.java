package org.medicd.linux.systemd;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By how much a pool grows or shrinks: "+2", "+100%", "-1", "-10%".
 *
 * @param by so many instances, or so much of them; negative to shrink
 * @param percent whether it is a share of those that run, at least one
 */
public record PoolChange(int by, boolean percent) {
  private static final Pattern FORM = Pattern.compile("([+-])([1-9][0-9]{0,3})(%?)");

  /**
   * @throws IllegalArgumentException for anything else
   */
  public static PoolChange parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      String wanted = "' is no change of a pool: write +2, +100%, -1 or -10%";
      throw new IllegalArgumentException("'" + text + wanted);
    }
    int by = Integer.parseInt(form.group(2));
    return new PoolChange(form.group(1).equals("-") ? -by : by, !form.group(3).isEmpty());
  }

  public boolean grows() {
    return by > 0;
  }

  /** How many instances are to run where so many do now; never beyond the bounds. */
  public int from(int running, int min, int max) {
    int share = Math.max(1, (int) Math.ceil(running * (double) Math.abs(by) / 100));
    int instances = percent ? share : Math.abs(by);
    return grows()
        ? Math.max(running, Math.min(max, running + instances))
        : Math.min(running, Math.max(min, running - instances));
  }
}

package org.medicd.config;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A pool that may grow and shrink: the instances of a template unit that have numbers, as
 * worker@1.service.
 *
 * @param template as worker@.service
 * @param min so many instances are left, at least one: a pool that its admin stopped stays stopped
 * @param max so many may run
 * @param queue folder whose files wait to be worked off; null: there is none
 * @param port TCP port at which connections wait to be accepted; null: there is none
 */
public record PoolBounds(
    String template, int min, int max, @Nullable Path queue, @Nullable Integer port) {
  private static final int MOST_DIGITS = 6;

  /** The name of the instance with this number. */
  public String instance(int number) {
    int at = template.indexOf('@') + 1;
    return template.substring(0, at) + number + template.substring(at);
  }

  /** The number of an instance; empty for another unit. */
  public OptionalInt numberOf(String unit) {
    int at = template.indexOf('@') + 1;
    int digits = unit.length() - template.length();
    boolean instance =
        digits > 0
            && digits <= MOST_DIGITS
            && unit.startsWith(template.substring(0, at))
            && unit.endsWith(template.substring(at));
    String number = instance ? unit.substring(at, at + digits) : "";
    return number.matches("[1-9][0-9]*")
        ? OptionalInt.of(Integer.parseInt(number))
        : OptionalInt.empty();
  }
}

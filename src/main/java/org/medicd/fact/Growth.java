package org.medicd.fact;

import org.jspecify.annotations.Nullable;

/**
 * The steady trend of a level, robust against spikes and sawteeth.
 *
 * @param perHour growth in the level's unit an hour (Theil–Sen over the lowest levels of the
 *     window's parts); null until the window is filled, and while the level does not grow steadily
 * @param confidence how much the parts agree that it grows, from 0 to 1 (Kendall's tau); null until
 *     the window is filled
 * @param secondsToLimit at this pace, the time until the limit of that level is reached; null where
 *     it has none or does not grow
 */
public record Growth(
    @Nullable Double perHour, @Nullable Double confidence, @Nullable Double secondsToLimit) {
  public static final Growth UNKNOWN = new Growth(null, null, null);
}

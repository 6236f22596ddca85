package org.medicd.fact;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the last look at one aspect of the host went.
 *
 * @param aspect as "block devices"
 * @param took how long that look was, on whichever thread; null before the first
 * @param facts how many facts it made
 * @param failure why nothing could be seen; null where something could
 */
public record AspectReport(
    String aspect, @Nullable Duration took, int facts, @Nullable String failure) {}

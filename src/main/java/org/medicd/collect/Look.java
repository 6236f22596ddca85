package org.medicd.collect;

import java.time.Duration;

/**
 * One look at everything.
 *
 * @param nowNanos by the monotonic clock
 * @param elapsed since the look before; zero in the first
 */
record Look(
    ProcTree tree,
    Details details,
    CensusSettings settings,
    long nowNanos,
    Duration elapsed,
    Gaps gaps) {}

package org.medicd.collect.census;

import java.time.Duration;
import org.medicd.collect.Gaps;
import org.medicd.collect.ProcTree;

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

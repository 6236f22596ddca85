package org.medicd.collect.census;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Gaps;
import org.medicd.collect.ProcTree;
import org.medicd.fact.Host;

/**
 * One look at everything.
 *
 * @param tick the number of this look, from 1
 * @param nowNanos by the monotonic clock
 * @param beforeNanos when the look before was; the same as now in the first
 * @param boot when the host booted, by the wall clock
 * @param at now, by the wall clock
 * @param host as it was seen in the look before; null in the first
 */
record Look(
    ProcTree tree,
    Details details,
    CensusSettings settings,
    Texts texts,
    CpuGroups groups,
    Wanted wanted,
    long tick,
    long nowNanos,
    long beforeNanos,
    Instant boot,
    Instant at,
    @Nullable Host host,
    Gaps gaps) {}

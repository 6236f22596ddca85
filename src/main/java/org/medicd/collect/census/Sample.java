package org.medicd.collect.census;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a process beside the tick, at one time. A null is what nobody asks for, or what
 * could not be read.
 *
 * @param nanos when, by the monotonic clock
 * @param readBytes fetched from storage since it started
 * @param writeBytes sent to storage
 * @param contextSwitches of all threads since they started
 * @param openFiles descriptors
 * @param limit how many it may have
 * @param swapBytes swapped out
 * @param cpus that it may run on
 * @param oomScore the kernel's badness
 * @param oomScoreAdjust what it is told to add to that
 * @param failure the last reason why something could not be read
 */
record Sample(
    long nanos,
    @Nullable Long readBytes,
    @Nullable Long writeBytes,
    @Nullable Long contextSwitches,
    @Nullable Integer openFiles,
    @Nullable ReadLimit limit,
    @Nullable Long swapBytes,
    @Nullable String cpus,
    @Nullable Integer oomScore,
    @Nullable Integer oomScoreAdjust,
    @Nullable IOException failure) {}

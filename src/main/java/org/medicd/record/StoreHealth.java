package org.medicd.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the store keeps up with what it is given.
 *
 * @param problem why it cannot write now; null: all is well
 * @param since when that began; null: all is well
 * @param pending snapshots in memory that are not on the disk yet
 * @param lost snapshots that were given up because too many were pending, or that could not be
 *     written at all
 * @param damaged where a damaged database was moved to by this daemon; null: none was
 */
public record StoreHealth(
    @Nullable String problem,
    @Nullable Instant since,
    int pending,
    long lost,
    @Nullable String damaged) {
  public boolean isGood() {
    return problem == null;
  }
}

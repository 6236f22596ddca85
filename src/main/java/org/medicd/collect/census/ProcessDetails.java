package org.medicd.collect.census;

import org.jspecify.annotations.Nullable;

/**
 * What other threads read about one process: they write, the tick reads. A question that was not
 * answered yet is not asked again, so that one hung process holds one reader.
 */
final class ProcessDetails {
  volatile @Nullable String commandLine;
  volatile boolean commandLineAsked;
  volatile @Nullable Wait wait;
  volatile boolean waitAsked;
}

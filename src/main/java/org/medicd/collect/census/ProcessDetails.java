package org.medicd.collect.census;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What other threads read about one process: they write, the tick reads. A question that was not
 * answered yet is not asked again, so that one hung process holds one reader.
 */
final class ProcessDetails {
  final Watched of;
  final AtomicReference<@Nullable Sample> sample = new AtomicReference<>();
  volatile @Nullable String commandLine;
  volatile boolean commandLineAsked;
  volatile @Nullable Wait wait;
  volatile boolean waitAsked;
  volatile boolean sampleAsked;

  /** Of the reader of samples alone. */
  volatile @Nullable ReadLimit limit;

  ProcessDetails(Watched of) {
    this.of = of;
  }

  /** The last sample, once. */
  @Nullable Sample takeSample() {
    return sample.getAndSet(null);
  }
}

package org.medicd.evidence;

import java.io.IOException;
import java.time.Duration;

/** One kind of evidence. It may hang: it runs on an expendable thread. */
interface Part {
  /** What gaps call it; also the name of its file, without ".txt". */
  String name();

  /** How long it may take. What it wrote until then is kept. */
  default Duration deadline() {
    return Duration.ofSeconds(1);
  }

  /** Whether it waits for the target's mmap lock; where one of these hangs, all of them would. */
  default boolean takesMmapLock() {
    return false;
  }

  /** Writes what it finds, as it finds it. Nothing written means that there is nothing to say. */
  void take(Sheet sheet) throws IOException, InterruptedException;
}

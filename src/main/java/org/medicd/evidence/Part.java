package org.medicd.evidence;

import java.io.IOException;
import java.time.Duration;

/** One kind of evidence that is read from /proc. It may hang: it runs on an expendable thread. */
interface Part {
  /** What gaps call it; also the name of its file, without ".txt". */
  String name();

  /** How long it may take. What it wrote until then is kept. */
  default Duration deadline() {
    return Duration.ofSeconds(1);
  }

  /** Writes what it finds, as it finds it. Nothing written means that there is nothing to say. */
  void take(Scene scene, Sheet sheet) throws IOException;
}

package org.medicd.collect;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.medicd.fact.Asked;
import org.medicd.fact.Fact;

/**
 * Looks at one aspect of the host, as its block devices. It keeps what it needs of earlier looks to
 * tell rates. All calls come from one thread.
 */
public interface Collector extends AutoCloseable {
  /** The aspect in the words of the documentation, as "block devices". */
  String aspect();

  /** The facts that it makes. It is asked only while a loaded rule matches one of them. */
  Set<Class<? extends Fact>> makes();

  /** How often a look is worth its cost; zero: in every tick. */
  default Duration every() {
    return Duration.ZERO;
  }

  /** Whether a look may block, as on a file system: it is then given a thread of its own. */
  default boolean mayBlock() {
    return false;
  }

  /** Told before the first look, and whenever other rules are loaded. */
  default void ask(Asked asked) {}

  /**
   * Looks once.
   *
   * @param scene what else the look needs to know
   * @return the facts of now; a fact that did not change is best the same object again
   * @throws IOException if nothing at all could be seen; what is only missing in part goes into the
   *     gaps of the scene
   */
  List<? extends Fact> look(Scene scene) throws IOException;

  /**
   * Pids of processes that the last look heard of, otherwise than from the scene: the census looks
   * at them in the next tick, though they may have been at rest. Only of a collector that does not
   * block.
   */
  default Set<Integer> stirred() {
    return Set.of();
  }

  @Override
  default void close() {}
}

package org.medicd.fact;

import org.jspecify.annotations.Nullable;

/**
 * A pool of the configuration ("pools"): the instances of a template unit that have numbers. A null
 * is a value that is not known, or that the configuration names no source of.
 *
 * @param template the template unit, as worker@.service
 * @param running instances that have processes
 * @param min so many are left when it shrinks
 * @param max so many may run
 * @param cpuPercent what an instance uses on average, in percent of one core, over 10 s
 * @param queuedFiles files in the folder of its queue
 * @param waitingConnections at its TCP port, not accepted yet (rx_queue of /proc/net/tcp and tcp6)
 */
public record Pool(
    String template,
    int running,
    int min,
    int max,
    @Nullable Double cpuPercent,
    @Nullable Long queuedFiles,
    @Nullable Long waitingConnections)
    implements Fact {
  @Override
  public String key() {
    return template;
  }

  /** Names it as a subject. */
  public UnitId id() {
    return new UnitId(template);
  }
}

package org.medicd.notify;

import org.medicd.plan.Severity;

/** One way to tell people. Used by one thread at a time. */
public interface Channel {
  /** What it is called in logs and metrics. */
  String name();

  /** What matters less is not told this way. */
  Severity atLeast();

  /**
   * Delivers a notice; may take its time, or hang.
   *
   * @throws DeliveryException if it was not, or not surely, delivered; trying again may help
   */
  void deliver(Notice notice) throws DeliveryException;
}

package org.medicd.notify;

import java.util.List;
import org.medicd.plan.Notice;

/** A channel whose receiver takes for over what it is not told again and again. */
public interface Repeating {
  /** What it is called in the configuration, in logs and metrics. */
  String name();

  /**
   * Tells of all that is open, beside the letters; may take its time, or hang.
   *
   * @param open a notice of each incident, as it is by now
   * @throws DeliveryException if it was not, or not surely, told
   */
  void repeat(List<Notice> open) throws DeliveryException;
}

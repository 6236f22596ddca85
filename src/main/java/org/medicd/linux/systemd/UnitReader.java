package org.medicd.linux.systemd;

import java.time.Duration;
import org.medicd.fact.Unit;

/** Tells how a unit is now. */
@FunctionalInterface
public interface UnitReader {
  /**
   * @param name full name, as nginx.service
   * @param within how long to wait at most
   */
  Unit unit(String name, Duration within) throws SystemdException;
}

package org.medicd.linux.systemd;

import java.time.Duration;
import java.util.List;
import org.medicd.fact.Unit;

/** Tells of all units, and of their changes as they come. */
public interface UnitBus extends UnitReader {
  /**
   * From now on the listener hears of every change, until the bus is lost: that it hears too. Asked
   * again it does nothing but make sure of that.
   */
  void follow(UnitListener listener, Duration within) throws SystemdException;

  /** All units that are loaded, in one answer. */
  List<ListedUnit> list(Duration within) throws SystemdException;

  /** How a loaded unit is; does not look for its file, as {@link #unit} does. */
  Unit loaded(String name, Duration within) throws SystemdException;

  /** How a unit hangs together with others. */
  UnitLinks links(String name, Duration within) throws SystemdException;
}

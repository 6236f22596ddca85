package org.medicd.linux.systemd;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What signals have told and nobody has looked at yet; of many about one unit the last counts. */
final class UnitChanges implements UnitListener {
  /** Beyond that a list of all is cheaper than a look at each. */
  private static final int MOST = 50;

  /**
   * What was told since the last time.
   *
   * @param goneByName those that have changed, and whether by that they are gone
   * @param appeared those of them that were loaded
   */
  record News(boolean unsure, Map<String, Boolean> goneByName, Set<String> appeared) {}

  private final Runnable wake;
  private Map<String, Boolean> goneByName = new HashMap<>();
  private Set<String> appeared = new HashSet<>();
  private boolean unsure;

  /**
   * @param wake run at each signal; must be cheap
   */
  UnitChanges(Runnable wake) {
    this.wake = wake;
  }

  @Override
  public void changed(String unit) {
    put(unit, false);
  }

  @Override
  public void appeared(String unit) {
    synchronized (this) {
      if (appeared.size() < MOST) {
        appeared.add(unit);
      }
    }
    put(unit, false);
  }

  @Override
  public void gone(String unit) {
    put(unit, true);
  }

  private void put(String unit, boolean gone) {
    synchronized (this) {
      if (goneByName.size() < MOST) {
        goneByName.put(unit, gone);
      } else {
        unsure = true;
      }
    }
    wake.run();
  }

  @Override
  public void unsure() {
    synchronized (this) {
      unsure = true;
    }
    wake.run();
  }

  synchronized News take() {
    News news = new News(unsure, goneByName, appeared);
    goneByName = new HashMap<>();
    appeared = new HashSet<>();
    unsure = false;
    return news;
  }
}

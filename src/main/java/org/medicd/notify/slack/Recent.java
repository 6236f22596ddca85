package org.medicd.notify.slack;

import java.util.LinkedHashMap;
import java.util.Map;

/** What need not be remembered for ever. */
final class Recent {
  private Recent() {}

  /** A map that forgets the oldest beyond so many. */
  static <V> Map<String, V> map(int most) {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > most;
      }
    };
  }
}

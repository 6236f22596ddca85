package org.medicd.daemon;

import org.medicd.linux.ServiceManager;

/**
 * After each completed tick: feeds systemd's watchdog, and tells systemctl status how things are.
 */
final class Standing implements Runnable {
  private final ServiceManager serviceManager;
  private final Tick tick;
  private String told = "";

  Standing(ServiceManager serviceManager, Tick tick) {
    this.serviceManager = serviceManager;
    this.tick = tick;
  }

  @Override
  public void run() {
    serviceManager.watchdog();
    Published last = tick.published();
    String words = last == null ? "" : last.words();
    if (!words.equals(told)) {
      told = words;
      serviceManager.status(words);
    }
  }
}

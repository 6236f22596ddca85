package org.medicd.daemon;

import org.medicd.linux.NotifySocket;

/**
 * After each completed tick: feeds systemd's watchdog, and tells systemctl status how things are.
 */
final class Standing implements Runnable {
  private final NotifySocket notifySocket;
  private final Tick tick;
  private String told = "";

  Standing(NotifySocket notifySocket, Tick tick) {
    this.notifySocket = notifySocket;
    this.tick = tick;
  }

  @Override
  public void run() {
    notifySocket.watchdog();
    Published last = tick.published();
    String words = last == null ? "" : last.words();
    if (!words.equals(told)) {
      told = words;
      notifySocket.status(words);
    }
  }
}

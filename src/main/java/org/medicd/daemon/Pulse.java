package org.medicd.daemon;

import java.time.Duration;
import org.medicd.linux.NotifySocket;

/**
 * After each completed tick: feeds systemd's watchdog, and tells systemctl status how things are.
 */
final class Pulse implements Runnable {
  private final NotifySocket notifySocket;
  private final Tick tick;
  private String told = "";
  private volatile long lastNanos = System.nanoTime();

  Pulse(NotifySocket notifySocket, Tick tick) {
    this.notifySocket = notifySocket;
    this.tick = tick;
  }

  /** How long ago the last tick ended; before the first one, how long ago the loop began. */
  Duration sinceTick() {
    return Duration.ofNanos(System.nanoTime() - lastNanos);
  }

  @Override
  public void run() {
    lastNanos = System.nanoTime();
    notifySocket.watchdog();
    Published last = tick.published();
    String words = last == null ? "" : last.words();
    if (!words.equals(told)) {
      told = words;
      notifySocket.status(words);
    }
  }
}

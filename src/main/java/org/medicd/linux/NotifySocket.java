package org.medicd.linux;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells systemd how the daemon does, by the protocol of sd_notify(3). Does nothing where the daemon
 * was not started by systemd; a message that cannot be sent is logged, never thrown.
 */
public final class NotifySocket {
  private static final Logger LOG = System.getLogger(NotifySocket.class.getName());

  private final @Nullable UnixDatagram socket;
  private final @Nullable Duration watchdogInterval;

  private NotifySocket(@Nullable UnixDatagram socket, @Nullable Duration watchdogInterval) {
    this.socket = socket;
    this.watchdogInterval = watchdogInterval;
  }

  /** Reads NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID. */
  public static NotifySocket fromEnvironment(Map<String, String> environment) {
    String name = environment.get("NOTIFY_SOCKET");
    if (name == null || name.isEmpty()) {
      return new NotifySocket(null, null);
    }
    try {
      return new NotifySocket(new UnixDatagram(name), watchdogInterval(environment));
    } catch (IllegalArgumentException e) {
      LOG.log(Level.WARNING, "NOTIFY_SOCKET is ignored: {0}", e.getMessage());
      return new NotifySocket(null, null);
    }
  }

  private static @Nullable Duration watchdogInterval(Map<String, String> environment) {
    String micros = environment.get("WATCHDOG_USEC");
    String pid = environment.getOrDefault("WATCHDOG_PID", "");
    boolean forUs = pid.isEmpty() || pid.equals(Long.toString(ProcessHandle.current().pid()));
    if (micros == null || !forUs) {
      return null;
    }
    try {
      long value = Long.parseLong(micros);
      return value > 0 ? Duration.ofNanos(Math.multiplyExact(value, 1_000L)) : null;
    } catch (NumberFormatException | ArithmeticException e) {
      LOG.log(
          Level.WARNING,
          "WATCHDOG_USEC is ignored, it is no number of microseconds: {0}",
          e.getMessage());
      return null;
    }
  }

  public void ready() {
    send("READY=1");
  }

  public void watchdog() {
    send("WATCHDOG=1");
  }

  public void stopping() {
    send("STOPPING=1");
  }

  /** To be followed by {@link #ready()} when the new configuration is in force. */
  public void reloading() {
    send("RELOADING=1\nMONOTONIC_USEC=" + Kernel.monotonicMicros());
  }

  /** One line that systemctl status shows; line breaks become spaces. */
  public void status(String line) {
    send("STATUS=" + line.replace('\n', ' '));
  }

  /** Within which {@link #watchdog()} is expected again; empty where systemd does not watch. */
  public Optional<Duration> watchdogInterval() {
    return Optional.ofNullable(watchdogInterval);
  }

  private void send(String message) {
    if (socket == null) {
      return;
    }
    try {
      socket.send(message);
    } catch (LinuxException e) {
      LOG.log(Level.WARNING, "systemd was not told {0}: {1}", message, e.getMessage());
    }
  }
}

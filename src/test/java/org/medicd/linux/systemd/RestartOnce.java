package org.medicd.linux.systemd;

import java.time.Duration;

/**
 * A main to run inside the lab: restarts one unit and prints the result, or the kind of refusal.
 */
final class RestartOnce {
  private RestartOnce() {}

  public static void main(String[] arguments) {
    try (SystemdBus systemd = new SystemdBus()) {
      System.out.println(systemd.restart(arguments[0], Duration.ofSeconds(10)).result());
    } catch (SystemdException e) {
      System.out.println(e.kind() + ": " + e.getMessage());
    }
  }
}

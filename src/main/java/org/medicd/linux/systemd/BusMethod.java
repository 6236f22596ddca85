package org.medicd.linux.systemd;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A method of an object on the bus.
 *
 * @param destination bus name of the owner
 * @param path of the object
 * @param interfaceName of the method
 * @param member the method's own name
 */
record BusMethod(String destination, String path, String interfaceName, String member) {
  static final String SYSTEMD = "org.freedesktop.systemd1";
  static final String MANAGER_PATH = "/org/freedesktop/systemd1";
  static final String MANAGER_INTERFACE = "org.freedesktop.systemd1.Manager";

  static BusMethod ofManager(String member) {
    return new BusMethod(SYSTEMD, MANAGER_PATH, MANAGER_INTERFACE, member);
  }

  static BusMethod allProperties(String path) {
    return new BusMethod(SYSTEMD, path, "org.freedesktop.DBus.Properties", "GetAll");
  }

  static BusMethod ownerOfName() {
    return new BusMethod(
        "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetNameOwner");
  }

  /** As a message names it: "RestartUnit nginx.service replace". */
  String describe(Object... arguments) {
    return (member
            + " "
            + Arrays.stream(arguments).map(String::valueOf).collect(Collectors.joining(" ")))
        .strip();
  }
}

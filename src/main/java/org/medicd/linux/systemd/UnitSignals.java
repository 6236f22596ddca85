package org.medicd.linux.systemd;

import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.matchrules.DBusMatchRuleBuilder;
import org.freedesktop.dbus.messages.DBusSignal;
import org.jspecify.annotations.Nullable;

/**
 * systemd's signals about units, on one connection. Any local user may send signals of these names:
 * one that is not from systemd, or from another systemd than before, only makes the listener look
 * anew.
 */
final class UnitSignals {
  private final UnitListener listener;
  private volatile String owner = "";

  private UnitSignals(UnitListener listener) {
    this.listener = listener;
  }

  /** Properties of a service alone (its status text, its descriptors …) change too often. */
  static UnitSignals listen(BusConnection bus, UnitListener listener) throws SystemdException {
    UnitSignals signals = new UnitSignals(listener);
    bus.listen(
        DBusMatchRuleBuilder.create()
            .withType("signal")
            .withInterface("org.freedesktop.DBus.Properties")
            .withMember("PropertiesChanged")
            .withPathNamespace(UnitPath.PREFIX)
            .withArg0123(0, "org.freedesktop.systemd1.Unit")
            .build(),
        signal -> signals.told(signal, UnitPath.name(signal.getPath()), false));
    for (String member : new String[] {"UnitNew", "UnitRemoved", "Reloading", "JobRemoved"}) {
      bus.listen(
          DBusMatchRuleBuilder.create()
              .withType("signal")
              .withInterface(BusMethod.MANAGER_INTERFACE)
              .withMember(member)
              .build(),
          signals::ofManager);
    }
    return signals;
  }

  /** systemd's own name on the bus, which signals come from. */
  void from(String name) {
    owner = name;
  }

  private void ofManager(DBusSignal signal) {
    try {
      Object[] parameters = signal.getParameters();
      switch (signal.getName()) {
        case "UnitNew" -> {
          if (owner.equals(signal.getSource())) {
            listener.appeared(String.valueOf(parameters[0]));
          } else {
            listener.unsure();
          }
        }
        case "UnitRemoved" -> told(signal, String.valueOf(parameters[0]), true);
        case "JobRemoved" -> told(signal, String.valueOf(parameters[2]), false);
        default -> listener.unsure();
      }
    } catch (DBusException | RuntimeException e) {
      listener.unsure();
    }
  }

  private void told(DBusSignal signal, @Nullable String unit, boolean gone) {
    if (unit == null || !owner.equals(signal.getSource())) {
      listener.unsure();
    } else if (gone) {
      listener.gone(unit);
    } else {
      listener.changed(unit);
    }
  }
}

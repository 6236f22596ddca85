package org.medicd.linux.systemd;

import org.medicd.linux.systemd.SystemdException.Kind;

/** What the error names of the bus and of systemd (sd-bus-errors(3)) mean to a caller. */
final class BusErrors {
  private BusErrors() {}

  /**
   * @param asked what was asked, as "RestartUnit nginx.service"
   * @param name the error's name, as org.freedesktop.systemd1.NoSuchUnit
   * @param text the sender's own explanation
   */
  static SystemdException explain(String asked, String name, String text) {
    Kind kind = isAboutPolkit(asked, text) ? Kind.NOT_PERMITTED : kind(name);
    String message = asked + ": " + (text.isEmpty() ? name : text);
    return new SystemdException(kind, message + advice(kind));
  }

  private static Kind kind(String name) {
    return switch (name) {
      case "org.freedesktop.systemd1.NoSuchUnit" -> Kind.NO_SUCH_UNIT;
      case "org.freedesktop.DBus.Error.AccessDenied",
          "org.freedesktop.DBus.Error.AuthFailed",
          "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired" ->
          Kind.NOT_PERMITTED;
      case "org.freedesktop.DBus.Error.ServiceUnknown",
          "org.freedesktop.DBus.Error.NameHasNoOwner",
          "org.freedesktop.DBus.Error.NoReply",
          "org.freedesktop.DBus.Error.NoServer",
          "org.freedesktop.DBus.Error.Disconnected" ->
          Kind.UNREACHABLE;
      case "org.freedesktop.DBus.Error.Timeout", "org.freedesktop.DBus.Error.TimedOut" ->
          Kind.TIMED_OUT;
      default -> isFromPeer(name) ? Kind.REFUSED : Kind.UNREACHABLE;
    };
  }

  /**
   * systemd asks polkit on behalf of who is not root; where polkit cannot start, that is the
   * answer.
   */
  private static boolean isAboutPolkit(String asked, String text) {
    return text.contains("polkit.service") && !asked.contains("polkit.service");
  }

  /** dbus-java answers a call itself when its connection breaks, with a Java class as the name. */
  private static boolean isFromPeer(String name) {
    return !name.startsWith("java.") && !name.startsWith("org.freedesktop.dbus.");
  }

  private static String advice(Kind kind) {
    return switch (kind) {
      case NOT_PERMITTED ->
          ". Install polkitd and medicd's rule for it (systemd/medicd.rules), or run medicd as root";
      case NO_SUCH_UNIT -> ". `systemctl list-units --all` shows the names";
      case UNREACHABLE -> ". Does `systemctl status dbus.socket` say active?";
      default -> "";
    };
  }
}

package org.medicd.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medicd.linux.systemd.SystemdException.Kind;

class BusErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "org.freedesktop.systemd1.NoSuchUnit, NO_SUCH_UNIT",
    "org.freedesktop.DBus.Error.AccessDenied, NOT_PERMITTED",
    "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired, NOT_PERMITTED",
    "org.freedesktop.DBus.Error.ServiceUnknown, UNREACHABLE",
    "org.freedesktop.DBus.Error.TimedOut, TIMED_OUT",
    "org.freedesktop.systemd1.UnitMasked, REFUSED",
    "org.freedesktop.systemd1.JobTypeNotApplicable, REFUSED",
    "java.io.EOFException, UNREACHABLE",
    "org.freedesktop.dbus.exceptions.NotConnected, UNREACHABLE"
  })
  void tellsWhatACallerCanDoAbout(String name, Kind kind) {
    assertThat(BusErrors.explain("RestartUnit a.service", name, "text").kind()).isEqualTo(kind);
  }

  @Test
  void keepsWhatWasAskedAndWhatSystemdSaid() {
    assertThat(
            BusErrors.explain(
                "RestartUnit a.service",
                "org.freedesktop.systemd1.UnitMasked",
                "Unit a.service is masked."))
        .hasMessage("RestartUnit a.service: Unit a.service is masked.");
  }

  @Test
  void takesAPolkitThatCannotStartForMissingPermission() {
    String text = "Unit polkit.service is masked.";
    String name = "org.freedesktop.systemd1.UnitMasked";
    assertThat(BusErrors.explain("RestartUnit a.service", name, text).kind())
        .isEqualTo(Kind.NOT_PERMITTED);
    assertThat(BusErrors.explain("RestartUnit polkit.service", name, text).kind())
        .isEqualTo(Kind.REFUSED);
  }

  @Test
  void namesAnErrorThatExplainsNothing() {
    assertThat(BusErrors.explain("StopUnit a.service", "System.Error.EBUSY", ""))
        .hasMessage("StopUnit a.service: System.Error.EBUSY");
  }
}

package org.medicd.linux.systemd;

import java.math.BigInteger;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Unit;

/** The D-Bus properties of a unit (org.freedesktop.systemd1(5)) as a fact. */
final class UnitProperties {
  /** USEC_INFINITY. */
  private static final BigInteger INFINITE = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

  private final Map<String, Variant<?>> properties;

  UnitProperties(Map<String, Variant<?>> properties) {
    this.properties = properties;
  }

  /**
   * A removed unit file leaves a unit that runs on: only one that is not even active is missing.
   */
  boolean isMissing() {
    return text("LoadState", "").equals("not-found") && text("ActiveState", "").equals("inactive");
  }

  Unit unit(String name) {
    return new Unit(
        name,
        text("ActiveState", "unknown"),
        text("SubState", "unknown"),
        text("Result", "success"),
        value("Type") instanceof String type && name.endsWith(".service") ? type : null,
        mainPid(),
        invocationId(),
        stopTimeout(),
        !Boolean.FALSE.equals(value("SendSIGKILL")),
        value("NRestarts") instanceof Number restarts ? restarts.intValue() : 0);
  }

  private @Nullable Integer mainPid() {
    return value("MainPID") instanceof Number pid && pid.intValue() > 0 ? pid.intValue() : null;
  }

  private String invocationId() {
    Object id = value("InvocationID");
    if (id instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    StringBuilder hex = new StringBuilder();
    if (id instanceof List<?> bytes) {
      bytes.forEach(b -> hex.append(HexFormat.of().toHexDigits((Byte) b)));
    }
    return hex.toString();
  }

  private @Nullable Duration stopTimeout() {
    if (value("TimeoutStopUSec") instanceof UInt64 micros && !micros.value().equals(INFINITE)) {
      return Duration.of(micros.value().longValueExact(), ChronoUnit.MICROS);
    }
    return null;
  }

  private String text(String property, String otherwise) {
    return value(property) instanceof String text ? text : otherwise;
  }

  private @Nullable Object value(String property) {
    Variant<?> variant = properties.get(property);
    return variant == null ? null : variant.getValue();
  }
}

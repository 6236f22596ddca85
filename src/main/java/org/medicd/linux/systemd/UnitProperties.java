package org.medicd.linux.systemd;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Unit;

/** The D-Bus properties of a unit (org.freedesktop.systemd1(5)) as a fact. */
final class UnitProperties {
  /** USEC_INFINITY. */
  private static final BigInteger INFINITE = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

  // Ways for a process to end: si_code of SIGCHLD, waitid(2).
  private static final int EXITED = 1;
  private static final int KILLED = 2;
  private static final int DUMPED = 3;

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
        value("NRestarts") instanceof Number restarts ? restarts.intValue() : 0,
        "bus",
        value("LoadState") instanceof String load ? load : null,
        changedAt(),
        exit(EXITED, EXITED),
        exit(KILLED, DUMPED),
        null,
        null,
        allowance(),
        Unit.Ties.UNKNOWN);
  }

  /** It does not run, is not about to, and left no process behind. */
  boolean hasEnded() {
    return !isActive() && controlGroup().isEmpty();
  }

  /** Or is about to be, or not yet ended. */
  private boolean isActive() {
    String state = text("ActiveState", "unknown");
    return !state.equals("inactive") && !state.equals("failed");
  }

  /** How it hangs together with others. */
  UnitLinks links() {
    return new UnitLinks(
        isActive(),
        names("RequiredBy", "RequisiteOf", "BoundBy", "ConsistsOf"),
        names("PropagatesStopTo"),
        names("Conflicts", "ConflictedBy"),
        names("Requires", "Requisite", "BindsTo", "PartOf", "StopPropagatedFrom"));
  }

  private Set<String> names(String... properties) {
    Set<String> names = new TreeSet<>();
    for (String property : properties) {
      if (value(property) instanceof List<?> list) {
        list.forEach(each -> names.add(String.valueOf(each)));
      }
    }
    return names;
  }

  /** Empty where it has none now. */
  String controlGroup() {
    return text("ControlGroup", "");
  }

  private @Nullable Instant changedAt() {
    return value("StateChangeTimestamp") instanceof UInt64 micros && micros.longValue() > 0
        ? Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS)
        : null;
  }

  /** The status of the last main process, where it ended in one of these ways. */
  private @Nullable Integer exit(int oneWay, int otherWay) {
    return value("ExecMainCode") instanceof Number code
            && (code.intValue() == oneWay || code.intValue() == otherWay)
            && value("ExecMainStatus") instanceof Number status
        ? (Integer) status.intValue()
        : null;
  }

  private Unit.Allowance allowance() {
    Long quota = limit("CPUQuotaPerSecUSec");
    return new Unit.Allowance(
        watchdog(),
        limit("MemoryMax"),
        limit("TasksMax"),
        quota == null ? null : (Double) (quota / 10_000.0),
        limit("CPUWeight"),
        limit("IOWeight"),
        limit("MemoryHigh"));
  }

  /** What holds of a limit now, in the words of {@link UnitLimit}. */
  String standing(UnitLimit.Property property) {
    Long limit = limit(property.onBus());
    return limit == null ? UnitLimit.INFINITE : Long.toString(limit);
  }

  private @Nullable Duration watchdog() {
    Long micros = limit("WatchdogUSec");
    return micros == null || micros == 0 ? null : Duration.of(micros, ChronoUnit.MICROS);
  }

  /** Null where it is infinite. */
  private @Nullable Long limit(String property) {
    return value(property) instanceof UInt64 limit && limit.value().bitLength() < Long.SIZE
        ? (Long) limit.value().longValueExact()
        : null;
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

package org.medicd.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medicd.fact.Unit;

class UnitPropertiesTest {
  private final Map<String, Variant<?>> properties =
      new HashMap<>(
          Map.of(
              "LoadState", new Variant<>("loaded"),
              "ActiveState", new Variant<>("failed"),
              "SubState", new Variant<>("failed"),
              "Result", new Variant<>("exit-code"),
              "Type", new Variant<>("notify"),
              "MainPID", new Variant<>(new UInt32(0)),
              "InvocationID", new Variant<>(new byte[] {(byte) 0xab, 1}),
              "TimeoutStopUSec", new Variant<>(new UInt64(90_000_000L)),
              "SendSIGKILL", new Variant<>(false),
              "NRestarts", new Variant<>(new UInt32(7))));

  @BeforeEach
  void addWhatOnlySomeRulesAskFor() {
    properties.put("StateChangeTimestamp", new Variant<>(new UInt64(1_700_000_000_000_001L)));
    properties.put("ExecMainCode", new Variant<>(1));
    properties.put("ExecMainStatus", new Variant<>(203));
    properties.put("WatchdogUSec", new Variant<>(new UInt64(30_000_000L)));
    properties.put("MemoryMax", new Variant<>(new UInt64(1L << 20)));
    properties.put("TasksMax", new Variant<>(new UInt64(40)));
    properties.put("CPUQuotaPerSecUSec", new Variant<>(new UInt64(500_000)));
    properties.put("CPUWeight", new Variant<>(new UInt64(200)));
    properties.put("IOWeight", new Variant<>(new UInt64(UInt64.MAX_BIG_VALUE)));
    properties.put("MemoryHigh", new Variant<>(new UInt64(1L << 19)));
  }

  @Test
  void becomesAFact() {
    assertThat(new UnitProperties(properties).unit("a.service"))
        .isEqualTo(
            new Unit(
                "a.service",
                "failed",
                "failed",
                "exit-code",
                "notify",
                null,
                "ab01",
                Duration.ofSeconds(90),
                false,
                7,
                "bus",
                "loaded",
                Instant.ofEpochSecond(1_700_000_000L, 1000),
                203,
                null,
                null,
                null,
                new Unit.Allowance(
                    Duration.ofSeconds(30), 1L << 20, 40L, 50.0, 200L, null, 1L << 19),
                Unit.Ties.UNKNOWN));
  }

  @Test
  void tellsWhatHangsOnIt() {
    properties.put("RequiredBy", new Variant<>(List.of("b.service", "a.service"), "as"));
    properties.put("BoundBy", new Variant<>(List.of("c.service"), "as"));
    properties.put("ConsistsOf", new Variant<>(List.of("a.service"), "as"));
    properties.put("PropagatesStopTo", new Variant<>(List.of("d.service"), "as"));
    properties.put("Conflicts", new Variant<>(List.of("shutdown.target"), "as"));
    properties.put("PartOf", new Variant<>(List.of("e.service"), "as"));
    properties.put("WantedBy", new Variant<>(List.of("multi-user.target"), "as"));
    UnitLinks failed = new UnitProperties(properties).links();
    assertThat(failed)
        .isEqualTo(
            new UnitLinks(
                false,
                Set.of("a.service", "b.service", "c.service"),
                Set.of("d.service"),
                Set.of("shutdown.target"),
                Set.of("e.service")));
    properties.put("ActiveState", new Variant<>("activating"));
    assertThat(new UnitProperties(properties).links().isUp()).isTrue();
  }

  @Test
  void tellsASignalFromAnExit() {
    properties.put("ExecMainCode", new Variant<>(3));
    properties.put("ExecMainStatus", new Variant<>(11));
    assertThat(new UnitProperties(properties).unit("a.service"))
        .returns(null, Unit::exitStatus)
        .returns(11, Unit::exitSignal);
    properties.put("ExecMainCode", new Variant<>(0));
    assertThat(new UnitProperties(properties).unit("a.service"))
        .returns(null, Unit::exitStatus)
        .returns(null, Unit::exitSignal);
  }

  @Test
  void takesInfinityForNoLimitAndZeroForNoTime() {
    UInt64 infinity = new UInt64(BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
    properties.put("MemoryMax", new Variant<>(infinity));
    properties.put("TasksMax", new Variant<>(infinity));
    properties.put("CPUQuotaPerSecUSec", new Variant<>(infinity));
    properties.put("CPUWeight", new Variant<>(infinity));
    properties.put("MemoryHigh", new Variant<>(infinity));
    properties.put("WatchdogUSec", new Variant<>(new UInt64(0)));
    properties.put("StateChangeTimestamp", new Variant<>(new UInt64(0)));
    Unit unit = new UnitProperties(properties).unit("a.service");
    assertThat(unit.allowance()).isEqualTo(Unit.Allowance.UNKNOWN);
    assertThat(unit.changedAt()).isNull();
  }

  @Test
  void takesInfinityForNoTimeout() {
    properties.put(
        "TimeoutStopUSec",
        new Variant<>(new UInt64(BigInteger.TWO.pow(64).subtract(BigInteger.ONE))));
    assertThat(new UnitProperties(properties).unit("a.service").stopTimeout()).isNull();
  }

  @Test
  void isMissingOnlyWhenItIsNotActiveEither() {
    properties.put("LoadState", new Variant<>("not-found"));
    properties.put("ActiveState", new Variant<>("inactive"));
    assertThat(new UnitProperties(properties).isMissing()).isTrue();

    properties.put("ActiveState", new Variant<>("active"));
    assertThat(new UnitProperties(properties).isMissing()).isFalse();
  }

  @Test
  void hasNoTypeForAnUnitThatIsNoService() {
    properties.put("Type", new Variant<>("ext4"));
    assertThat(new UnitProperties(properties).unit("data.mount").type()).isNull();
  }
}

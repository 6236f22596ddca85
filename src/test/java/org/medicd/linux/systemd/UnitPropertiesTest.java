package org.medicd.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;
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
                7));
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

package org.medicd.daemon;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.plan.Orders;
import org.medicd.plan.Pause;
import org.medicd.plan.Silence;

class StandingOrdersTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;
  private Folders folders;

  /** By the wall, and since the host was started: a person may set only the first. */
  private Instant wall = NOON;

  private Duration up = ofHours(5);

  @BeforeEach
  void folders() throws IOException {
    folders =
        new Folders(
            Files.createDirectory(folder.resolve("state")),
            Files.createDirectory(folder.resolve("run")),
            folder);
  }

  private StandingOrders orders() {
    return new StandingOrders(folders, () -> wall, () -> up.toNanos());
  }

  private void pass(Duration time) {
    wall = wall.plus(time);
    up = up.plus(time);
  }

  private static Pause pause(Orders orders) {
    return Objects.requireNonNull(orders.pause());
  }

  @Test
  void aPauseOutlivesTheDaemonAndTheHost() throws IOException {
    assertThat(orders().pause("root", "deploying")).isEqualTo("until it is resumed");
    assertThat(pause(orders().current())).isEqualTo(new Pause("root", "deploying", NOON));
    Files.delete(folders.runtime().resolve("orders.json"));
    assertThat(pause(orders().current()).words())
        .isEqualTo("paused by root since 2026-03-01T12:00:00Z: deploying");
    orders().resume();
    assertThat(orders().current()).isEqualTo(Orders.NONE);
    Files.delete(folders.runtime().resolve("orders.json"));
    assertThat(orders().current()).isEqualTo(Orders.NONE);
  }

  @Test
  void whereTheStateCannotBeWrittenItLastsAsLongAsTheRuntimeFolder() throws IOException {
    StandingOrders orders = orders();
    Files.delete(folders.state());
    assertThat(orders.pause("root", null))
        .startsWith("until it is resumed, or medicd is stopped: ")
        .endsWith("cannot be written");
    assertThat(pause(orders().current()).who()).isEqualTo("root");
  }

  @Test
  void aFileThatCannotBeReadIsTakenForAPause() throws IOException {
    Files.writeString(folders.state().resolve("orders.json"), "{\"pause\":");
    StandingOrders orders = orders();
    assertThat(pause(orders.current()).words()).contains("orders.json cannot be read");
    orders.resume();
    assertThat(orders().current()).isEqualTo(Orders.NONE);
  }

  @Test
  void isForItsOwnerOnly() throws IOException {
    orders().pause("root", null);
    Path file = folders.state().resolve("orders.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aSilenceEndsByItself() {
    StandingOrders orders = orders();
    Silence silence = orders.silence(List.of("nginx"), ofHours(2), "root", null);
    assertThat(silence.until()).isEqualTo(NOON.plus(ofHours(2)));
    pass(ofHours(2).minusSeconds(1));
    assertThat(orders.current().silences()).containsExactly(silence);
    assertThat(orders().current().silences()).containsExactly(silence);
    pass(ofSeconds(1));
    assertThat(orders.current().silences()).isEmpty();
    assertThat(orders().current().silences()).isEmpty();
  }

  @Test
  void aClockThatIsSetBackDoesNotMakeItLonger() {
    StandingOrders orders = orders();
    orders.silence(List.of("nginx"), ofMinutes(10), "root", null);
    wall = wall.minus(ofDays(30));
    assertThat(orders.current().silences()).hasSize(1);
    StandingOrders restarted = orders();
    up = up.plus(ofMinutes(10));
    assertThat(orders.current().silences()).isEmpty();
    assertThat(restarted.current().silences()).isEmpty();
  }

  @Test
  void endsBeforeItsTimeIfAPersonSaysSo() {
    StandingOrders orders = orders();
    Silence one = orders.silence(List.of("nginx"), ofHours(2), "root", null);
    Silence other = orders.silence(List.of("nginx"), ofHours(2), "root", null);
    assertThat(orders.unsilence(one.id())).isTrue();
    assertThat(orders.unsilence(one.id())).isFalse();
    assertThat(orders().current().silences()).containsExactly(other);
  }
}

package org.medicd.collect.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.collect.FakeClock;
import org.medicd.collect.ProcFolder;
import org.medicd.collect.ProcTree;
import org.medicd.collect.Scene;
import org.medicd.fact.Gap;
import org.medicd.fact.NetLink;
import org.medicd.lab.Program;

class NetLinksTest {
  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private ProcFolder proc;
  private NetLinks links;

  @BeforeEach
  void aHostWithOneCard() throws Exception {
    proc = new ProcFolder(folder);
    attribute("eth0/operstate", "up\n");
    attribute("eth0/carrier", "1\n");
    attribute("eth0/speed", "100\n");
    attribute("eth0/mtu", "1500\n");
    counters(line("eth0", 1000, 2, 3, 4000, 5, 6));
    links = new NetLinks(new ProcTree(proc.root()), folder.resolve("sys"), clock);
  }

  @AfterEach
  void close() {
    links.close();
  }

  @Test
  void tellsWhatTheLinkIs() {
    await().untilAsserted(() -> assertThat(only(look(0)).up()).isTrue());
    NetLink eth0 = only(look(0));
    assertThat(eth0.name()).isEqualTo("eth0");
    assertThat(eth0.carrier()).isTrue();
    assertThat(eth0.speedBytesPerSecond()).isEqualTo(12_500_000);
    assertThat(eth0.mtuBytes()).isEqualTo(1500);
    assertThat(eth0.rxBytesPerSecond()).isNull();
    assertThat(eth0.usedPercent()).isNull();
  }

  @Test
  void tellsRatesAndTheFullerDirection() {
    await().untilAsserted(() -> assertThat(only(look(0)).up()).isTrue());
    counters(line("eth0", 5_001_000, 6, 11, 50_004_000, 5, 46));
    NetLink eth0 = only(look(4));
    assertThat(eth0.rxBytesPerSecond()).isEqualTo(1_250_000);
    assertThat(eth0.txBytesPerSecond()).isEqualTo(12_500_000);
    assertThat(eth0.rxAvg10()).isEqualTo(1_250_000);
    assertThat(eth0.txAvg10()).isEqualTo(12_500_000);
    assertThat(eth0.usedPercent()).isEqualTo(100);
    assertThat(eth0.usedAvg10()).isEqualTo(100);
    assertThat(eth0.rxErrorsPerSecond()).isEqualTo(1);
    assertThat(eth0.txErrorsPerSecond()).isZero();
    assertThat(eth0.rxDropsPerSecond()).isEqualTo(2);
    assertThat(eth0.txDropsPerSecond()).isEqualTo(10);
  }

  @Test
  void errorsAndDropsOfOneSecondAreNotThoseOfTen() {
    look(0);
    look(9);
    counters(line("eth0", 1000, 12, 23, 4000, 35, 46));
    look(1);
    NetLink eth0 = only(look(0));
    assertThat(eth0.rxErrorsAvg10()).isBetween(1.0, 2.0);
    assertThat(eth0.rxDropsAvg10()).isBetween(2.0, 4.0);
    assertThat(eth0.txErrorsAvg10()).isBetween(3.0, 5.0);
    assertThat(eth0.txDropsAvg10()).isBetween(4.0, 7.0);
    assertThat(only(look(1)).rxErrorsPerSecond()).isZero();
    assertThat(only(look(0)).rxErrorsAvg10()).isPositive();
  }

  @Test
  void ofAVirtualLinkNobodyKnowsHowFullItIs() throws Exception {
    attribute("eth0/speed", "-1\n");
    await().untilAsserted(() -> assertThat(only(look(0)).up()).isTrue());
    counters(line("eth0", 2000, 2, 3, 4000, 5, 6));
    assertThat(only(look(1)).rxBytesPerSecond()).isEqualTo(1000);
    assertThat(only(look(1)).usedPercent()).isNull();
  }

  @Test
  void whatAVirtualLinkClaimsIsNoSpeed() throws Exception {
    Path real = folder.resolve("sys/class/net/eth0");
    Path virtual = folder.resolve("sys/devices/virtual/net/eth0");
    Files.createDirectories(virtual.getParent());
    Files.move(real, virtual);
    Files.createSymbolicLink(real, Path.of("../../devices/virtual/net/eth0"));
    await().untilAsserted(() -> assertThat(only(look(0)).up()).isTrue());
    assertThat(only(look(0)).speedBytesPerSecond()).isNull();
  }

  @Test
  void countersThatBeginAnewAreNoRate() {
    look(0);
    counters(line("eth0", 10, 2, 3, 4000, 5, 6));
    assertThat(only(look(1)).rxBytesPerSecond()).isNull();
    assertThat(only(look(1)).rxBytesPerSecond()).isZero();
  }

  @Test
  void whatDidNotChangeIsTheSameObject() {
    await().untilAsserted(() -> assertThat(only(look(0)).up()).isTrue());
    NetLink before = only(look(1));
    assertThat(only(look(1))).isSameAs(before);
  }

  @Test
  void interfacesComeAndGo() {
    look(0);
    counters(line("veth1", 1, 0, 0, 1, 0, 0), line("eth0", 1000, 2, 3, 4000, 5, 6));
    assertThat(look(1)).extracting(NetLink::name).containsExactly("veth1", "eth0");
    counters();
    assertThat(look(1)).isEmpty();
    counters(line("eth0", 9000, 2, 3, 4000, 5, 6));
    assertThat(only(look(1)).rxBytesPerSecond()).isNull();
  }

  @Test
  void aCableThatIsPulledShowsSoon() throws Exception {
    await().untilAsserted(() -> assertThat(only(look(0)).carrier()).isTrue());
    attribute("eth0/carrier", "0\n");
    attribute("eth0/operstate", "down\n");
    await().untilAsserted(() -> assertThat(only(look(5)).carrier()).isFalse());
    assertThat(only(look(0)).up()).isFalse();
  }

  @Test
  void aDriverThatHangsHoldsUpNoRates() throws Exception {
    Path speed = folder.resolve("sys/class/net/eth0/speed");
    Files.delete(speed);
    Program.run(Duration.ofSeconds(10), List.of("mkfifo", speed.toString())).expectSuccess();
    try {
      look(0);
      await().untilAsserted(() -> assertThat(hasReaderIn("open")).isTrue());
      counters(line("eth0", 7000, 2, 3, 4000, 5, 6));
      clock.advance(Duration.ofSeconds(6));
      Scene scene = Scenes.now(clock);
      NetLink eth0 = only(links.look(scene));
      assertThat(eth0.rxBytesPerSecond()).isEqualTo(1000);
      assertThat(eth0.up()).isNull();
      assertThat(scene.gaps().toList())
          .contains(new Gap("sys/class/net", "the host", "no answer for 6 s"));
    } finally {
      new RandomAccessFile(speed.toFile(), "rw").close(); // lets the reader go
    }
    await().untilAsserted(() -> assertThat(only(look(0)).up()).isTrue());
  }

  private static boolean hasReaderIn(String call) {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(each -> each.getKey().getName().startsWith("medicd-reader-sys-class-net"))
        .anyMatch(
            each -> each.getValue().length > 0 && each.getValue()[0].getMethodName().equals(call));
  }

  @Test
  void withoutSysfsTheLinksAreUnknown() {
    NetLinks blind = new NetLinks(new ProcTree(proc.root()), folder.resolve("none"), clock);
    try (blind) {
      await()
          .untilAsserted(
              () -> {
                Scene scene = Scenes.now(clock);
                assertThat(only(blind.look(scene)).up()).isNull();
                assertThat(scene.gaps().toList())
                    .containsExactly(new Gap("sys/class/net", "the host", "cannot be listed"));
              });
    }
  }

  private List<NetLink> look(int secondsLater) {
    clock.advance(Duration.ofSeconds(secondsLater));
    try {
      return links.look(Scenes.now(clock));
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private void attribute(String file, String content) throws Exception {
    Path path = folder.resolve("sys/class/net").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  private void counters(String... lines) {
    proc.write("net/dev", "Inter-|\n face |\n" + String.join("", lines));
  }

  private static String line(
      String name, long rx, long rxErrors, long rxDrops, long tx, long txErrors, long txDrops) {
    return "%6s: %d 1 %d %d 0 0 0 0 %d 1 %d %d 0 0 0 0\n"
        .formatted(name, rx, rxErrors, rxDrops, tx, txErrors, txDrops);
  }

  private static NetLink only(List<NetLink> facts) {
    assertThat(facts).hasSize(1);
    return facts.get(0);
  }
}

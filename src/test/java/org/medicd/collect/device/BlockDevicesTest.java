package org.medicd.collect.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.collect.FakeClock;
import org.medicd.collect.ProcFolder;
import org.medicd.collect.ProcTree;
import org.medicd.collect.Scene;
import org.medicd.fact.BlockDevice;
import org.medicd.fact.Gap;

class BlockDevicesTest {
  private static final String IDLE = "   8  0 sda 100 0 800 500 50 0 400 250 0 700 750\n";

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private ProcFolder proc;
  private BlockDevices devices;

  @BeforeEach
  void aHostWithOneDisk() throws Exception {
    proc = new ProcFolder(folder);
    Files.createDirectories(folder.resolve("sys/block/sda"));
    stats(IDLE);
    devices = new BlockDevices(new ProcTree(proc.root()), folder.resolve("sys"));
  }

  @Test
  void theFirstLookKnowsNoRates() throws Exception {
    BlockDevice sda = only(look(0));
    assertThat(sda.name()).isEqualTo("sda");
    assertThat(sda.utilisationPercent()).isNull();
    assertThat(sda.awaitAvg10Millis()).isNull();
    assertThat(sda.readBytesPerSecond()).isNull();
    assertThat(sda.inFlight()).isZero();
  }

  @Test
  void tellsWhatIostatTells() throws Exception {
    look(0);
    stats("   8  0 sda 180 0 16800 1300 90 0 4400 2650 3 3700 8750\n");
    BlockDevice sda = only(look(4));
    assertThat(sda.awaitMillis()).isEqualTo(26.7);
    assertThat(sda.readAwaitMillis()).isEqualTo(10);
    assertThat(sda.writeAwaitMillis()).isEqualTo(60);
    assertThat(sda.awaitAvg10Millis()).isEqualTo(26.7);
    assertThat(sda.utilisationPercent()).isEqualTo(75);
    assertThat(sda.utilisationAvg10()).isEqualTo(75);
    assertThat(sda.queueLength()).isEqualTo(2);
    assertThat(sda.readsPerSecond()).isEqualTo(20);
    assertThat(sda.writesPerSecond()).isEqualTo(10);
    assertThat(sda.readBytesPerSecond()).isEqualTo(16_000 * 512 / 4);
    assertThat(sda.writeBytesPerSecond()).isEqualTo(4_000 * 512 / 4);
    assertThat(sda.inFlight()).isEqualTo(3);
  }

  @Test
  void withoutRequestsThereIsNoAwait() throws Exception {
    look(0);
    stats("   8  0 sda 110 0 800 600 50 0 400 250 0 700 750\n");
    look(1);
    BlockDevice sda = only(look(1));
    assertThat(sda.awaitMillis()).isNull();
    assertThat(sda.awaitAvg10Millis()).isEqualTo(10);
    assertThat(only(look(9)).awaitAvg10Millis()).isNull();
  }

  @Test
  void oneSlowRequestAmongManyIsNotTheAverage() throws Exception {
    look(0);
    stats("   8  0 sda 1100 0 800 1500 50 0 400 250 0 700 750\n");
    look(1);
    stats("   8  0 sda 1101 0 800 2500 50 0 400 250 0 700 750\n");
    BlockDevice sda = only(look(1));
    assertThat(sda.awaitMillis()).isEqualTo(1000);
    assertThat(sda.awaitAvg10Millis()).isBetween(2.0, 2.2);
  }

  @Test
  void whatDidNotChangeIsTheSameObject() throws Exception {
    look(0);
    BlockDevice before = only(look(1));
    assertThat(only(look(1))).isSameAs(before);
  }

  @Test
  void countersOf32BitsGoOnBehindTheirEnd() throws Exception {
    stats("   8  0 sda 100 0 800 4294967290 50 0 400 250 0 4294967000 4294967290\n");
    look(0);
    stats("   8  0 sda 110 0 800 94 50 0 400 250 0 204 1990\n");
    BlockDevice sda = only(look(1));
    assertThat(sda.awaitMillis()).isEqualTo(10);
    assertThat(sda.utilisationPercent()).isEqualTo(50);
    assertThat(sda.queueLength()).isEqualTo(2);
  }

  @Test
  void anotherDeviceOfTheSameNameBeginsAnew() throws Exception {
    look(0);
    stats(IDLE.replace("100 0 800", "1 0 8"));
    assertThat(only(look(1)).readsPerSecond()).isNull();
    stats(IDLE.replace("8  0 sda", "8  16 sda"));
    assertThat(only(look(1)).readsPerSecond()).isNull();
    assertThat(only(look(1)).readsPerSecond()).isZero();
  }

  @Test
  void timesThatBeganAnewHaveNotWrapped() throws Exception {
    look(0);
    stats("   8  0 sda 900 0 1800 5 50 0 400 250 0 700 750\n");
    assertThat(only(look(1)).awaitMillis()).isNull();
  }

  @Test
  void withoutWritesOnlyReadsHaveAnAwait() throws Exception {
    look(0);
    stats("   8  0 sda 110 0 800 600 50 0 400 250 0 700 750\n");
    BlockDevice sda = only(look(1));
    assertThat(sda.readAwaitMillis()).isEqualTo(10);
    assertThat(sda.writeAwaitMillis()).isNull();
    assertThat(sda.mapperName()).isNull();
  }

  @Test
  void aMappedDeviceIsToldWithItsName() throws Exception {
    mapped("vg-root");
    String mapped = IDLE.replace("8  0 sda", "253  0 dm-0");
    stats(mapped);
    assertThat(only(look(0)).mapperName()).isEqualTo("vg-root");
    mapped("vg-other");
    stats(mapped.replace("100 0 800", "0 0 0"));
    assertThat(only(look(1)).mapperName()).as("of what took its place").isEqualTo("vg-other");
  }

  @Test
  void aMappedDeviceWhoseNameCannotBeReadIsTold() throws Exception {
    Files.createDirectories(folder.resolve("sys/block/dm-0"));
    stats(IDLE.replace("8  0 sda", "253  0 dm-0"));
    assertThat(only(look(0)).mapperName()).isNull();
  }

  private void mapped(String name) throws Exception {
    Path dm = Files.createDirectories(folder.resolve("sys/block/dm-0/dm"));
    Files.writeString(dm.resolve("name"), name + "\n");
  }

  @Test
  void partitionsAreNoDevices() throws Exception {
    stats(IDLE + IDLE.replace("sda", "sda1"));
    assertThat(only(look(0)).name()).isEqualTo("sda");
  }

  @Test
  void devicesComeAndGo() throws Exception {
    look(0);
    Files.createDirectories(folder.resolve("sys/block/cciss!c0d0"));
    stats(IDLE + IDLE.replace("8  0 sda", "104 0 cciss/c0d0"));
    assertThat(look(1)).extracting(BlockDevice::name).containsExactly("sda", "cciss/c0d0");
    stats("");
    assertThat(look(1)).isEmpty();
    stats(IDLE);
    assertThat(only(look(1)).readsPerSecond()).isNull();
  }

  @Test
  void aLoopDeviceIsToldOnceItHasTraffic() throws Exception {
    Files.createDirectories(folder.resolve("sys/block/loop0"));
    String loop = IDLE.replace("8  0 sda", "7  0 loop0");
    stats(loop);
    assertThat(look(0)).isEmpty();
    assertThat(look(1)).isEmpty();
    stats(loop.replace(" 100 0", " 101 0"));
    assertThat(only(look(1)).readsPerSecond()).isEqualTo(1);
    assertThat(look(1)).hasSize(1);
  }

  @Test
  void withoutSysfsWholeDevicesAreUnknown() throws Exception {
    BlockDevices blind = new BlockDevices(new ProcTree(proc.root()), folder.resolve("none"));
    Scene scene = Scenes.now(clock);
    assertThat(blind.look(scene)).isEmpty();
    assertThat(scene.gaps().toList())
        .containsExactly(new Gap("sys/block", "the host", "cannot be listed"));
  }

  private List<BlockDevice> look(int secondsLater) throws Exception {
    clock.advance(Duration.ofSeconds(secondsLater));
    return devices.look(Scenes.now(clock));
  }

  private void stats(String lines) {
    proc.write("diskstats", lines);
  }

  private static BlockDevice only(List<BlockDevice> facts) {
    assertThat(facts).hasSize(1);
    return facts.get(0);
  }
}

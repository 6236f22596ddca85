package org.medicd.collect.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.collect.FakeClock;
import org.medicd.collect.ProcFolder;
import org.medicd.collect.ProcTree;
import org.medicd.collect.Scene;
import org.medicd.fact.Filesystem;
import org.medicd.fact.Gap;
import org.medicd.linux.FilesystemSpace;

class FilesystemsTest {
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final String ROOT = "26 1 8:1 / / rw - ext4 /dev/sda1 rw\n";
  private static final String DEAD = "30 26 0:40 / /mnt/nas rw - nfs4 nas:/export rw\n";
  private static final String PROC = "21 26 0:20 / /proc rw - proc proc rw\n";

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private final Map<String, FilesystemSpace> spaces = new ConcurrentHashMap<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger hung = new AtomicInteger();
  private ProcFolder proc;
  private Filesystems filesystems;

  @BeforeEach
  void mountTheRoot() throws Exception {
    proc = new ProcFolder(folder);
    mounts(PROC + ROOT);
    spaces.put("/", new FilesystemSpace(1000, 300, 600, 100, 25));
    filesystems = new Filesystems(new ProcTree(proc.root()), clock, WINDOW, this::probe);
  }

  @AfterEach
  void letGo() {
    release.countDown();
    filesystems.close();
  }

  private FilesystemSpace probe(String mountPoint) throws IOException {
    FilesystemSpace space = spaces.get(mountPoint);
    if (space != null) {
      return space;
    }
    hung.incrementAndGet();
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("statvfs " + mountPoint + ": Stale file handle");
  }

  @Test
  void tellsSpaceAsDfHasIt() throws Exception {
    Filesystem root = only(filesystems.look(Scenes.now(clock)));
    assertThat(root.mountPoint()).isEqualTo("/");
    assertThat(root.id().source()).isEqualTo("/dev/sda1");
    assertThat(root.type()).isEqualTo("ext4");
    assertThat(root.sizeBytes()).isEqualTo(1000);
    assertThat(root.usedPercent()).isEqualTo(33.3);
    assertThat(root.inodesUsedPercent()).isEqualTo(75.0);
    assertThat(root.hoursUntilFull()).isNull();
  }

  @Test
  void whatDidNotChangeIsTheSameObject() throws Exception {
    Filesystem before = only(filesystems.look(Scenes.now(clock)));
    clock.advance(Duration.ofSeconds(5));
    assertThat(only(filesystems.look(Scenes.now(clock)))).isSameAs(before);
  }

  @Test
  void withoutAFixedNumberOfInodesTheirShareIsUnknown() throws Exception {
    spaces.put("/", new FilesystemSpace(1000, 300, 600, 0, 0));
    assertThat(only(filesystems.look(Scenes.now(clock))).inodesUsedPercent()).isNull();
  }

  @Test
  void whatHoldsNothingIsNone() throws Exception {
    spaces.put("/", new FilesystemSpace(0, 0, 0, 0, 0));
    assertThat(filesystems.look(Scenes.now(clock))).isEmpty();
  }

  @Test
  void tellsWhatHasTurnedReadOnly() throws Exception {
    assertThat(only(filesystems.look(Scenes.now(clock))).readOnly()).isFalse();
    mounts(ROOT.replace("/dev/sda1 rw", "/dev/sda1 ro"));
    Filesystem root = only(filesystems.look(Scenes.now(clock)));
    assertThat(root.readOnly()).isTrue();
    assertThat(root.turnedReadOnly()).isTrue();
    mounts(ROOT);
    assertThat(only(filesystems.look(Scenes.now(clock))).turnedReadOnly()).isFalse();
  }

  @Test
  void knowsSinceWhenItIsReadOnly() throws Exception {
    filesystems.look(at(10));
    mounts(ROOT.replace("/dev/sda1 rw", "/dev/sda1 ro"));
    assertThat(only(filesystems.look(at(20))).readOnlySince()).isEqualTo(at(20).at());
    Filesystem before = only(filesystems.look(at(30)));
    assertThat(before.readOnlySince()).isEqualTo(at(20).at());
    assertThat(only(filesystems.look(at(40)))).isSameAs(before);
    mounts(ROOT);
    assertThat(only(filesystems.look(at(50))).readOnlySince()).isNull();
  }

  @Test
  void whatWasMadeWritableLaterCanTurnToo() throws Exception {
    String readOnly = ROOT.replace("/dev/sda1 rw", "/dev/sda1 ro");
    mounts(readOnly);
    assertThat(only(filesystems.look(at(10))).turnedReadOnly()).isFalse();
    mounts(ROOT);
    filesystems.look(at(20));
    mounts(readOnly);
    assertThat(only(filesystems.look(at(30))).turnedReadOnly()).isTrue();
  }

  private Scene at(int second) {
    Scene scene = Scenes.now(clock);
    return new Scene(
        scene.nowNanos(),
        Instant.ofEpochSecond(second),
        scene.processes(),
        scene.born(),
        scene.suspects(),
        scene.gaps());
  }

  @Test
  void whatWasReadOnlyFromTheStartHasNotTurned() throws Exception {
    mounts(ROOT.replace("/ / rw", "/ / ro"));
    Filesystem root = only(filesystems.look(Scenes.now(clock)));
    assertThat(root.readOnly()).isTrue();
    assertThat(root.turnedReadOnly()).isFalse();
  }

  @Test
  void tellsWhenASteadyGrowthWillFillIt() throws Exception {
    Filesystem root = only(filesystems.look(Scenes.now(clock)));
    for (int i = 1; i <= 60; i++) {
      clock.advance(Duration.ofSeconds(10));
      spaces.put("/", new FilesystemSpace(100_000, 300 + i * 10L, 7_200, 100, 25));
      root = only(filesystems.look(Scenes.now(clock)));
    }
    assertThat(root.growth().perHour()).isEqualTo(3_600);
    assertThat(root.hoursUntilFull()).isEqualTo(2.0);
  }

  @Test
  void oneThatHangsStopsNoOtherAndIsAskedOnce() throws Exception {
    mounts(DEAD + PROC + ROOT);
    Filesystem root = only(filesystems.look(Scenes.now(clock)));
    assertThat(root.mountPoint()).isEqualTo("/");
    for (int i = 0; i < 3; i++) {
      clock.advance(Duration.ofSeconds(5));
      spaces.put("/", new FilesystemSpace(1000, 400 + i, 600, 100, 25));
      assertThat(only(filesystems.look(Scenes.now(clock))).usedBytes()).isEqualTo(400 + i);
    }
    Scene scene = Scenes.now(clock);
    filesystems.look(scene);
    assertThat(scene.gaps().toList())
        .containsExactly(
            new Gap("file systems", "file system /mnt/nas (nas:/export)", "no answer for 15 s"));
    assertThat(hung).hasValue(1);
  }

  @Test
  void manyThatHangStopNoOther() throws Exception {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      all.append(DEAD.replace("0:40", "0:" + (40 + i)).replace("/mnt/nas", "/mnt/" + i));
    }
    mounts(all + ROOT);
    assertThat(only(filesystems.look(Scenes.now(clock))).mountPoint()).isEqualTo("/");
    assertThat(hung).hasValue(20);
  }

  @Test
  void isAskedAgainOnceItHasAnswered() throws Exception {
    mounts(DEAD + ROOT);
    filesystems.look(Scenes.now(clock));
    release.countDown();
    spaces.put("/mnt/nas", new FilesystemSpace(500, 100, 400, 10, 5));
    await()
        .untilAsserted(
            () ->
                assertThat(filesystems.look(Scenes.now(clock)))
                    .extracting(Filesystem::mountPoint)
                    .containsExactly("/mnt/nas", "/"));
  }

  @Test
  void whyItCannotTellIsAGap() throws Exception {
    release.countDown();
    mounts(DEAD);
    Scene scene = Scenes.now(clock);
    assertThat(filesystems.look(scene)).isEmpty();
    assertThat(scene.gaps().toList())
        .containsExactly(
            new Gap(
                "file systems",
                "file system /mnt/nas (nas:/export)",
                "statvfs /mnt/nas: Stale file handle"));
  }

  @Test
  void anotherFileSystemInTheSamePlaceBeginsAnew() throws Exception {
    filesystems.look(Scenes.now(clock));
    mounts(ROOT.replace("8:1", "8:2").replace("/dev/sda1 rw", "/dev/sda1 ro"));
    assertThat(only(filesystems.look(Scenes.now(clock))).turnedReadOnly()).isFalse();
  }

  @Test
  void whatIsMountedNoLongerIsToldNoLonger() throws Exception {
    filesystems.look(Scenes.now(clock));
    mounts(PROC);
    assertThat(filesystems.look(Scenes.now(clock))).isEmpty();
  }

  private void mounts(String lines) {
    proc.write("self/mountinfo", lines);
  }

  private static Filesystem only(List<Filesystem> facts) {
    assertThat(facts).hasSize(1);
    return facts.get(0);
  }
}

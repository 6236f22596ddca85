package org.medicd.collect.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.collect.ProcTree;
import org.medicd.fact.Filesystem;
import org.medicd.lab.NeedsRoot;
import org.medicd.lab.Program;
import org.medicd.lab.Result;

/** Beside df, and beside a file system that hangs. */
@NeedsRoot
@Tag("once")
class FilesystemsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;

  @AfterEach
  void unmount() {
    Program.run(LIMIT, List.of("umount", folder.resolve("mounted").toString()));
  }

  @Test
  void tellsOfAnExt4WhatDfTells() throws Exception {
    Path image = folder.resolve("image");
    run("truncate", "-s", "40M", image.toString());
    run("mkfs.ext4", "-q", "-m", "10", image.toString());
    Path mounted = Files.createDirectory(folder.resolve("mounted"));
    run("mount", "-o", "loop", image.toString(), mounted.toString());
    fill(mounted);
    assertAgreesWithDf(mounted, "ext4");
  }

  @Test
  void tellsOfATmpfsWhatDfTells() throws Exception {
    Path mounted = Files.createDirectory(folder.resolve("mounted"));
    run("mount", "-t", "tmpfs", "-o", "size=20m,nr_inodes=500", "mine", mounted.toString());
    fill(mounted);
    assertAgreesWithDf(mounted, "tmpfs");
  }

  @Test
  void seesAFileSystemTurnReadOnly() throws Exception {
    Path mounted = Files.createDirectory(folder.resolve("mounted"));
    run("mount", "-t", "tmpfs", "-o", "size=1m", "mine", mounted.toString());
    try (Filesystems filesystems = filesystems()) {
      assertThat(look(filesystems, mounted).turnedReadOnly()).isFalse();
      run("mount", "-o", "remount,ro", mounted.toString());
      assertThat(look(filesystems, mounted).turnedReadOnly()).isTrue();
    }
  }

  /** The kernel's own switch for an error, on a device of this test. */
  @Test
  void seesAnExt4TurnReadOnlyAfterAnError() throws Exception {
    Path image = folder.resolve("image");
    run("truncate", "-s", "16M", image.toString());
    run("mkfs.ext4", "-q", image.toString());
    Path mounted = Files.createDirectory(folder.resolve("mounted"));
    run("mount", "-o", "loop,errors=remount-ro", image.toString(), mounted.toString());
    try (Filesystems filesystems = filesystems()) {
      Filesystem before = look(filesystems, mounted);
      assertThat(before.readOnly()).isFalse();
      Path device = Path.of(before.id().source()).getFileName();
      Files.writeString(Path.of("/sys/fs/ext4", device.toString(), "trigger_fs_error"), "1");
      Filesystem after = look(filesystems, mounted);
      assertThat(after.readOnly()).isTrue();
      assertThat(after.turnedReadOnly()).isTrue();
      assertThat(after.readOnlySince()).isNotNull();
      assertThat(after.usedBytes()).isEqualTo(before.usedBytes());
    }
  }

  @Test
  void oneThatHangsIsAGapAndTheOthersAreTold() {
    Result result =
        Program.run(
            LIMIT,
            List.of(
                "bash",
                "src/test/lab/hung-fuse.sh",
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HungMountProgram.class.getName()));
    assertThat(result.expectSuccess().lines().filter(line -> !line.startsWith("look ")))
        .containsExactly(
            "told good",
            "told good",
            "told good",
            "gap hung no answer for 10 s",
            "told good",
            "gap hung no answer for 15 s",
            "readers 2");
  }

  private static void fill(Path mounted) throws IOException {
    Files.write(mounted.resolve("large"), new byte[7_654_321]);
    for (int i = 0; i < 50; i++) {
      Files.write(mounted.resolve("small" + i), new byte[1]);
    }
    run("sync", "-f", mounted.toString());
  }

  private static void assertAgreesWithDf(Path mounted, String type) throws IOException {
    Filesystem seen;
    try (Filesystems filesystems = filesystems()) {
      seen = look(filesystems, mounted);
    }
    String columns = "--output=size,used,avail,pcent,ipcent";
    String[] df =
        run("df", "-B1", columns, mounted.toString())
            .lines()
            .skip(1)
            .findFirst()
            .orElseThrow()
            .replace("%", "")
            .strip()
            .split(" +");
    assertThat(seen.type()).isEqualTo(type);
    assertThat(seen.sizeBytes()).isEqualTo(Long.parseLong(df[0]));
    assertThat(seen.usedBytes()).isEqualTo(Long.parseLong(df[1])).isGreaterThan(7_654_321);
    assertThat(seen.availableBytes()).isEqualTo(Long.parseLong(df[2]));
    assertThat(Math.ceil(Objects.requireNonNull(seen.usedPercent())))
        .isCloseTo(Double.parseDouble(df[3]), within(1.0));
    assertThat(Math.ceil(Objects.requireNonNull(seen.inodesUsedPercent())))
        .isCloseTo(Double.parseDouble(df[4]), within(1.0));
  }

  private static Filesystems filesystems() {
    return new Filesystems(
        new ProcTree(Path.of("/proc")), System::nanoTime, Duration.ofMinutes(10));
  }

  private static Filesystem look(Filesystems filesystems, Path mounted) throws IOException {
    return filesystems.look(Scenes.now(System::nanoTime)).stream()
        .filter(fact -> fact.mountPoint().equals(mounted.toString()))
        .findFirst()
        .orElseThrow();
  }

  private static String run(String... command) {
    return Program.run(LIMIT, List.of(command)).expectSuccess();
  }
}

package org.medicd.act.chore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.config.Vacuum;
import org.medicd.lab.NeedsInitialNamespaces;
import org.medicd.lab.NeedsRoot;
import org.medicd.linux.Programs;
import org.medicd.linux.TrustedPrograms;
import org.medicd.linux.proc.Swaps;
import org.medicd.linux.proc.Swaps.Area;
import org.medicd.plan.Outcome;

/** On file systems and a swap file of the test's own. */
@NeedsRoot
class ChoresTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Root root = new Root(new Programs(TrustedPrograms.ofThisHost()));
  private final List<List<String>> undo = new ArrayList<>();
  @TempDir Path folder;

  @BeforeEach
  void follow() throws IOException {
    folder = folder.toRealPath();
  }

  @AfterEach
  void undo() throws Exception {
    for (List<String> command : undo) {
      new ProcessBuilder(command).start().waitFor();
    }
  }

  private Path tmpfs(String name) throws Exception {
    Path mountPoint = Files.createDirectory(folder.resolve(name));
    run("mount", "-t", "tmpfs", "-o", "size=8m", "medicd-test", mountPoint.toString());
    undo.add(List.of("umount", mountPoint.toString()));
    return mountPoint;
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  // ---- remount

  @Test
  void aFileSystemIsMadeReadOnlyAndWritableAgain() throws Exception {
    Path mountPoint = tmpfs("disk");
    Remount remount = new Remount(root, mountPoint.toString());
    assertThat(remount.to("ro")).isEqualTo(new Outcome.Done(mountPoint + " is mounted read-only"));
    assertThatThrownBy(() -> Files.writeString(mountPoint.resolve("file"), "x"))
        .hasMessageContaining("Read-only");
    assertThat(remount.to("rw")).isEqualTo(new Outcome.Done(mountPoint + " is mounted writable"));
    Files.writeString(mountPoint.resolve("file"), "x");
  }

  @Test
  void whatTheKernelRefusesHasItsReason() throws Exception {
    Path mountPoint = tmpfs("disk");
    try (var writing = Files.newOutputStream(mountPoint.resolve("file"))) {
      writing.write(1);
      assertThatThrownBy(() -> new Remount(root, mountPoint.toString()).to("ro"))
          .hasMessageContaining("busy");
    }
  }

  @Test
  void whatIsNoMountPointIsLeftAlone() throws Exception {
    assertThat(new Remount(root, folder.toString()).to("ro"))
        .isEqualTo(new Outcome.Vanished("nothing is mounted on " + folder));
  }

  // ---- drop-caches

  @Test
  void cachesAreDroppedOnceAllIsWritten() throws Exception {
    Path file = Files.writeString(folder.resolve("drop_caches"), "");
    assertThat(new DropCaches(root, file).run().words())
        .startsWith("done: written and dropped: ")
        .endsWith(" MiB in all");
    assertThat(file).hasContent("3");
  }

  // ---- vacuum

  private Path old(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[2 << 20]);
    Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(9))));
    return file;
  }

  private Outcome clean(Vacuum vacuum, Path full) throws Exception {
    return new Cleaning(root, vacuum, full.toString(), NOW).run();
  }

  @Test
  void whatLiesOnTheFullFileSystemIsRemovedAndNothingElse() throws Exception {
    Path full = tmpfs("full");
    Path other = tmpfs("other");
    Path gone = old(full.resolve("log/a.gz"));
    Path kept = old(other.resolve("log/a.gz"));
    Files.writeString(full.resolve("log/b.gz"), "");
    Files.writeString(other.resolve("log/b.gz"), "");
    List<Vacuum.OldFiles> files =
        List.of(
            new Vacuum.OldFiles(full.resolve("log"), "*.gz", Duration.ofDays(7)),
            new Vacuum.OldFiles(other.resolve("log"), "*.gz", Duration.ofDays(7)));
    assertThat(clean(new Vacuum(null, false, files), full))
        .isEqualTo(
            new Outcome.Done(
                "cleaned: 1 files in " + full.resolve("log") + "; 2 MiB more available"));
    assertThat(gone).doesNotExist();
    assertThat(kept).exists();
  }

  @Test
  void oneThatFailsDoesNotKeepTheOthersFromIt() throws Exception {
    Path full = tmpfs("full");
    Path gone = old(full.resolve("log/a.gz"));
    Files.writeString(full.resolve("log/b.gz"), "");
    List<Vacuum.OldFiles> files =
        List.of(
            new Vacuum.OldFiles(full.resolve("missing"), "*.gz", Duration.ofDays(7)),
            new Vacuum.OldFiles(full.resolve("log"), "*.gz", Duration.ofDays(7)));
    assertThat(clean(new Vacuum(null, false, files), full).words())
        .startsWith("failed: " + full.resolve("missing"))
        .contains("; 1 files in " + full.resolve("log"));
    assertThat(gone).doesNotExist();
  }

  @Test
  void whereNothingMayGoThatIsSaid() throws Exception {
    Path full = tmpfs("full");
    Vacuum elsewhere =
        new Vacuum(1L << 40, false, List.of(new Vacuum.OldFiles(folder, "*", Duration.ofDays(1))));
    assertThat(clean(elsewhere, full))
        .isEqualTo(new Outcome.Failed("nothing that may go lies on " + full));
  }

  // ---- reset-swap

  private Path swapFile() throws Exception {
    Path file = folder.resolve("swap file");
    Files.write(file, new byte[4 << 20]);
    run("chmod", "600", file.toString());
    run("mkswap", "--quiet", file.toString());
    run("swapon", file.toString());
    undo.add(0, List.of("swapoff", file.toString()));
    return file;
  }

  private static List<Area> areas(Path only, long used) throws IOException {
    return Swaps.parse(Files.readString(Path.of("/proc/swaps"))).areas().stream()
        .filter(area -> area.path().equals(only.toString()))
        .map(area -> new Area(area.path(), area.sizeBytes(), used, area.priority()))
        .toList();
  }

  private SwapReset reset(Path only, long used) {
    return new SwapReset(root, () -> areas(only, used), folder.resolve("swap-off"));
  }

  @Test
  @NeedsInitialNamespaces
  void swapIsTurnedOffAndOnAgain() throws Exception {
    Path swap = swapFile();
    assertThat(reset(swap, 1 << 20).reset())
        .isEqualTo(new Outcome.Done("1 MiB read back, swap is on again"));
    assertThat(areas(swap, 0)).hasSize(1);
    assertThat(folder.resolve("swap-off")).doesNotExist();
  }

  @Test
  @NeedsInitialNamespaces
  void whatDoesNotFitStays() throws Exception {
    Path swap = swapFile();
    assertThat(reset(swap, 1L << 50).reset().words())
        .startsWith("failed: 1073741824 MiB in " + swap + " do not fit into the ")
        .endsWith(": swap stays on");
    assertThat(areas(swap, 0)).hasSize(1);
  }

  @Test
  @NeedsInitialNamespaces
  void swapThatABrokenResetLeftOffIsTurnedOn() throws Exception {
    Path swap = swapFile();
    Files.writeString(folder.resolve("swap-off"), "7 " + swap + "\n");
    run("swapoff", swap.toString());
    assertThat(reset(swap, 0).turnOn().words()).isEqualTo("done: on again: [" + swap + "]");
    assertThat(areas(swap, 0)).extracting(Area::priority).containsExactly(7L);
    assertThat(reset(swap, 0).turnOn().words()).isEqualTo("done: all swap was on");
  }

  @Test
  void swapThatDoesNotGoOnIsSaidAndStaysNoted() throws Exception {
    Path missing = folder.resolve("missing");
    Path note = Files.writeString(folder.resolve("swap-off"), "-2 " + missing + "\n");
    assertThatThrownBy(() -> reset(missing, 0).turnOn())
        .hasMessageContaining("swap " + missing + " is off and does not go on: ");
    assertThat(note).exists();
  }
}

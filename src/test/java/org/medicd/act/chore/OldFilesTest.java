package org.medicd.act.chore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.config.Vacuum;
import org.medicd.linux.proc.MountInfo;
import org.medicd.linux.proc.MountInfo.Mount;

class OldFilesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path temporary;
  private Path folder;
  private MountInfo mounts = new MountInfo(List.of());

  @BeforeEach
  void makeFolder() throws IOException {
    temporary = temporary.toRealPath();
    folder = Files.createDirectory(temporary.resolve("log"));
  }

  private Path file(String name, int days) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
    Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(days))));
    return file;
  }

  private OldFiles.Removed remove(Path where, String glob) throws IOException {
    Vacuum.OldFiles what = new Vacuum.OldFiles(where, glob, Duration.ofDays(7));
    return new OldFiles(what, NOW.minus(what.olderThan()), mounts).remove();
  }

  private List<String> left() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(each -> !Files.isDirectory(each))
          .map(each -> folder.relativize(each).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void whatIsOldAndMatchesGoes() throws IOException {
    file("app.1.gz", 20);
    file("app.2.gz", 10);
    file("app.3.gz", 1);
    file("app.log", 30);
    file("below/app.4.gz", 40);
    assertThat(remove(folder, "*.gz").files()).isEqualTo(2);
    assertThat(left()).containsExactly("app.3.gz", "app.log", "below/app.4.gz");
  }

  @Test
  void twoStarsGoDown() throws IOException {
    file("a.gz", 20);
    file("b.gz", 1);
    file("x/y/a.gz", 20);
    file("x/y/b.gz", 10);
    file("x/y/c.txt", 1);
    assertThat(remove(folder, "**.gz").files()).isEqualTo(2);
    assertThat(left()).containsExactly("b.gz", "x/y/b.gz", "x/y/c.txt");
  }

  @Test
  void theNewestStaysHoweverOld() throws IOException {
    file("a.gz", 400);
    file("b.gz", 300);
    file("c.gz", 300);
    assertThat(remove(folder, "*.gz").files()).isEqualTo(1);
    assertThat(left()).containsExactly("b.gz", "c.gz");
  }

  @Test
  void neverAcrossALink() throws IOException {
    Path other = Files.createDirectory(temporary.resolve("other"));
    Path precious = Files.writeString(other.resolve("precious.gz"), "x");
    Files.setLastModifiedTime(precious, FileTime.from(NOW.minus(Duration.ofDays(99))));
    Files.writeString(other.resolve("newer.gz"), "x");
    Files.createSymbolicLink(folder.resolve("link"), other);
    Files.createSymbolicLink(folder.resolve("link.gz"), precious);
    file("old.gz", 20);
    file("new.gz", 1);
    assertThat(remove(folder, "**.gz").files()).isEqualTo(1);
    assertThat(precious).exists();
    assertThat(folder.resolve("link.gz")).exists();
  }

  @Test
  void aFolderThatIsALinkIsRefusedWherever() throws IOException {
    file("below/old.gz", 20);
    file("below/new.gz", 1);
    Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);
    assertThatThrownBy(() -> remove(link, "**.gz"))
        .hasMessage(link + " is a link: name the folder itself");
    assertThatThrownBy(() -> remove(link.resolve("below"), "*.gz"))
        .hasMessage(link + " is a link: name the folder itself");
    assertThat(left()).hasSize(2);
  }

  @Test
  void neverIntoAnotherFileSystem() throws IOException {
    file("mounted/old.gz", 20);
    file("mounted/new.gz", 1);
    String path = folder.resolve("mounted").toString();
    mounts = new MountInfo(List.of(new Mount("0:1", path, "tmpfs", "tmpfs", false)));
    assertThat(remove(folder, "**.gz").files()).isZero();
    assertThat(left()).hasSize(2);
  }

  @Test
  void aFolderThatIsNotThereIsSaid() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> remove(missing, "*"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = file("plain", 1);
    assertThatThrownBy(() -> remove(file, "*")).isInstanceOf(IOException.class);
    assertThat(file).exists();
  }

  @Test
  void foldersAndPipesAreNoFiles() throws Exception {
    Files.createDirectory(folder.resolve("old.gz"));
    Path pipe = folder.resolve("pipe.gz");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    // not with setLastModifiedTime, which opens the pipe and waits for a writer
    List<String> touch = List.of("touch", "-d", "2020-01-01", pipe.toString());
    assertThat(new ProcessBuilder(touch).start().waitFor()).isZero();
    file("new.gz", 1);
    assertThat(remove(folder, "*.gz").files()).isZero();
    assertThat(pipe).exists();
  }
}

package org.medicd.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelFilesTest {
  @TempDir Path folder;

  @Test
  void readsAWholeFileAndNoMoreThanWasAskedFor() throws Exception {
    String file = Files.writeString(folder.resolve("file"), "0123456789".repeat(1_000)).toString();
    assertThat(KernelFiles.read(file, Integer.MAX_VALUE)).hasSize(10_000);
    assertThat(KernelFiles.read(file, 5_001)).hasSize(5_001).endsWith("0");
    assertThat(KernelFiles.read(file, 0)).isEmpty();
  }

  @Test
  void replacesWhatIsNoText() throws Exception {
    Path file = Files.write(folder.resolve("file"), new byte[] {'a', (byte) 0xff, 'b'});
    assertThat(KernelFiles.read(file.toString(), 100)).isEqualTo("a\ufffdb");
  }

  @Test
  void tellsWhereALinkLeads() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/no/such (deleted)"));
    assertThat(KernelFiles.link(link.toString())).isEqualTo("/no/such (deleted)");
  }

  @Test
  void tellsWhatIsMissingByItsNumber() {
    assertThatThrownBy(() -> KernelFiles.read(folder + "/missing", 10))
        .isInstanceOfSatisfying(LinuxException.class, e -> assertThat(e.isNoSuchFile()).isTrue());
    assertThatThrownBy(() -> KernelFiles.link(folder + "/missing"))
        .isInstanceOfSatisfying(LinuxException.class, e -> assertThat(e.isNoSuchFile()).isTrue());
  }

  @Test
  void tellsThatItIsAFolder() {
    assertThatThrownBy(() -> KernelFiles.read(folder.toString(), 10))
        .isInstanceOfSatisfying(
            LinuxException.class,
            e -> {
              assertThat(e.errno()).isEqualTo(21);
              assertThat(e.call()).isEqualTo("read " + folder);
            });
  }
}

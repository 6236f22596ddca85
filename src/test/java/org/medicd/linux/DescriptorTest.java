package org.medicd.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorTest {
  @TempDir Path folder;

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(8);

  @Test
  void readsFromTheStartEachTime() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "one");
    try (Descriptor descriptor = Descriptor.open(file)) {
      assertThat(read(descriptor)).isEqualTo("one");
      Files.writeString(file, "other");
      assertThat(read(descriptor)).isEqualTo("other");
    }
  }

  @Test
  void cutsOffWhatDoesNotFit() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "0123456789");
    try (Descriptor descriptor = Descriptor.open(file)) {
      assertThat(read(descriptor)).isEqualTo("01234567");
    }
  }

  @Test
  void neverReadsTheFileThatGotItsNumberAfterClose() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    Path later = Files.writeString(folder.resolve("later"), "foreign");
    Descriptor closed = Descriptor.open(file);
    closed.close();
    try (Descriptor other = Descriptor.open(later)) {
      closed.close();
      assertThatThrownBy(() -> closed.read(buffer)).hasMessageContaining("Bad file descriptor");
      assertThat(read(other)).isEqualTo("foreign");
    }
  }

  @Test
  void namesTheFileThatIsMissing() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> Descriptor.open(missing))
        .isInstanceOf(LinuxException.class)
        .hasMessageContaining("open " + missing)
        .hasMessageContaining("No such file");
  }

  private String read(Descriptor descriptor) throws Exception {
    descriptor.read(buffer);
    return StandardCharsets.UTF_8.decode(buffer).toString();
  }
}

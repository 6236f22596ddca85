package org.medicd.collect.census;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.collect.ProcTree;
import org.medicd.fact.FilesystemId;

class PathArgumentTest {
  private static final long ADDRESS = 0x7f00;

  @TempDir Path proc;

  @BeforeEach
  void makeAProcessThatOpensAFile() throws IOException {
    write(
        "mountinfo",
        """
        22 1 8:1 / / rw - ext4 /dev/sda1 rw
        23 22 7:0 / /data rw - ext4 /dev/loop0 rw
        """);
    write("task/42/wchan", "percpu_rwsem_wait");
    write("task/42/syscall", "257 0xffffff9c 0x7f00 0x241 0x1b6 0x0 0x0 0x7f 0x7f\n");
    Files.createSymbolicLink(proc.resolve("42/cwd"), Path.of("/srv"));
  }

  @AfterEach
  void removeTheLinkThatLeadsOutOfTheFolder() throws IOException {
    Files.delete(proc.resolve("42/cwd"));
  }

  @Test
  void readsUpToTheTerminatingZero() throws IOException {
    memory("/data/log\0/other\0");
    assertThat(PathArgument.read(proc, 42, ADDRESS)).isEqualTo("/data/log");
  }

  @Test
  void knowsNothingOfWhatIsNoPathOrCannotBeRead() throws IOException {
    assertThat(PathArgument.read(proc, 42, ADDRESS)).isNull();
    memory("\0");
    assertThat(PathArgument.read(proc, 42, ADDRESS)).isNull();
    assertThat(PathArgument.read(proc, 42, 0)).isNull();
    assertThat(PathArgument.read(proc, 42, -1)).isNull();
    assertThat(PathArgument.read(proc, 42, ADDRESS + 100)).isNull();
    memory("x".repeat(5000));
    assertThat(PathArgument.read(proc, 42, ADDRESS)).isNull();
  }

  @Test
  void theFileToBeOpenedNamesTheFileSystemNotTheWorkingFolder() throws IOException {
    memory("/data/in/../log\0");
    assertThat(find()).isEqualTo(new FilesystemId("/data", "/dev/loop0"));
    memory("../data/log\0");
    assertThat(find()).isEqualTo(new FilesystemId("/data", "/dev/loop0"));
    memory("log\0");
    assertThat(find()).isEqualTo(new FilesystemId("/", "/dev/sda1"));
  }

  private @Nullable Object find() {
    return new WaitFinder(new ProcTree(proc), FileSyscalls.of("amd64")).find(42, 42).on();
  }

  private void write(String file, String text) throws IOException {
    Path path = proc.resolve("42").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void memory(String text) throws IOException {
    Path file = proc.resolve("42/mem");
    Files.deleteIfExists(file);
    try (FileChannel memory =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      memory.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), ADDRESS);
    }
  }
}

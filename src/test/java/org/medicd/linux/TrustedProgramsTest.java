package org.medicd.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedProgramsTest {
  @TempDir Path folder;
  private TrustedPrograms trusted;
  private Path tool;

  @BeforeEach
  void makeATool() throws IOException {
    trusted = new TrustedPrograms(List.of(folder));
    tool = Files.writeString(folder.resolve("tool"), "#!/bin/sh\n");
    mode(folder, "rwxr-xr-x");
    mode(tool, "rwxr-xr-x");
  }

  @Test
  void findsByNameAndByAbsolutePath() throws IOException {
    assertThat(trusted.resolve("tool")).isEqualTo(tool);
    assertThat(trusted.resolve(tool.toString())).isEqualTo(tool);
    assertThat(trusted.find("other")).isEmpty();
  }

  @Test
  void findsTheShellOfThisHost() {
    assertThat(TrustedPrograms.ofThisHost().find("sh")).isPresent();
  }

  @Test
  void refusesAProgramThatOthersMayWrite() throws IOException {
    mode(tool, "rwxr-xrwx");

    assertThatThrownBy(() -> trusted.resolve("tool"))
        .isInstanceOf(ProgramRefusedException.class)
        .hasMessageContaining("tool is writable by everybody (mode 0757)");
  }

  @Test
  void refusesAProgramInAFolderThatTheGroupMayWrite() throws IOException {
    mode(folder, "rwxrwxr-x");

    assertThatThrownBy(() -> trusted.resolve("tool"))
        .hasMessageContaining(folder + " is writable by its group (mode 0775)");
  }

  @Test
  void refusesALinkThatSomebodyElseMayTurn() throws IOException {
    Path open = Files.createDirectory(folder.resolve("open"));
    mode(open, "rwxrwxrwx");
    Files.createSymbolicLink(open.resolve("hop"), tool);
    Files.createSymbolicLink(folder.resolve("link"), open.resolve("hop"));

    assertThatThrownBy(() -> trusted.resolve("link")).hasMessageContaining("open is writable by");
  }

  @Test
  void refusesARelativePathAndWhatIsNoProgram() {
    assertThatThrownBy(() -> trusted.resolve("./tool")).hasMessageContaining("neither a name");
    assertThatThrownBy(() -> trusted.resolve(folder.toString()))
        .hasMessageContaining("is not an executable file");
  }

  private static void mode(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}

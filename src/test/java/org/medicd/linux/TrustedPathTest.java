package org.medicd.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedPathTest {
  private static final int ME = Kernel.effectiveUserId();

  @TempDir Path temporary;
  private Path folder;
  private Path file;

  @BeforeEach
  void makeAFileThatIsFine() throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    folder = Files.createDirectory(temporary.resolve("rules"));
    file = Files.writeString(folder.resolve("a.drl"), "rule");
    mode(folder, "rwxr-xr-x");
    mode(file, "rw-r--r--");
  }

  @Test
  void trustsAFileBelowARootOwnedStickyFolder() {
    assertThat(TrustedPath.problems(file, ME)).isEmpty();
  }

  @Test
  void refusesAFileThatItsGroupMayWrite() throws IOException {
    mode(file, "rw-rw-r--");
    assertThat(TrustedPath.problems(file, ME))
        .containsExactly(file + " is writable by its group (mode 0664): chmod go-w " + file);
  }

  @Test
  void refusesAFileBelowAFolderThatEverybodyMayWrite() throws IOException {
    mode(folder, "rwxrwxrwx");
    assertThat(TrustedPath.problems(file, ME))
        .containsExactly(
            folder + " is writable by its group and everybody (mode 0777): chmod go-w " + folder);
  }

  @Test
  void refusesAFileOfAnotherUser() throws IOException {
    assertThat(problemsAsSeenByAnother(file))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .startsWith(file + " is owned by user id ")
                    .endsWith("chown root " + file));
  }

  @Test
  void looksBehindALinkAndAboveItsTarget() throws IOException {
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Path target = Files.writeString(elsewhere.resolve("b.drl"), "rule");
    mode(target, "rw-r--r--");
    mode(elsewhere, "rwxr-xrwx");
    Path link = Files.createSymbolicLink(folder.resolve("b.drl"), target);
    assertThat(TrustedPath.problems(link, ME))
        .containsExactly(
            elsewhere + " is writable by everybody (mode 0757): chmod go-w " + elsewhere);
  }

  @Test
  void looksAboveTheLinkItself() throws IOException {
    Path links = Files.createDirectory(temporary.resolve("links"));
    mode(links, "rwxrwxr-x");
    Path link = Files.createSymbolicLink(links.resolve("a.drl"), Path.of("../rules/a.drl"));
    assertThat(TrustedPath.problems(link, ME))
        .containsExactly(links + " is writable by its group (mode 0775): chmod go-w " + links);
  }

  @Test
  void looksBehindALinkedFolder() throws IOException {
    mode(file, "rw-r--rw-");
    Path link = Files.createSymbolicLink(temporary.resolve("linked"), folder);
    assertThat(TrustedPath.problems(link.resolve("a.drl"), ME))
        .hasSize(1)
        .first()
        .asString()
        .contains("a.drl is writable by everybody (mode 0646)");
  }

  @Test
  void saysThatALinkLeadsInACircle() throws IOException {
    Path circle = temporary.resolve("circle");
    Files.createSymbolicLink(circle, circle);
    assertThat(TrustedPath.problems(circle, ME)).isNotEmpty();
  }

  @Test
  void saysWhatDoesNotExist() {
    Path missing = folder.resolve("missing.drl");
    assertThat(TrustedPath.problems(missing, ME)).containsExactly(missing + " does not exist");
  }

  /** Root trusts what root owns, so as root the file is given away first. */
  private static Iterable<String> problemsAsSeenByAnother(Path path) throws IOException {
    if (ME != 0) {
      return TrustedPath.problems(path, ME + 1);
    }
    Files.setAttribute(path, "unix:uid", 65534);
    return TrustedPath.problems(path, ME);
  }

  private static void mode(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}

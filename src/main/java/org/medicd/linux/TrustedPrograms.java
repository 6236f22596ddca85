package org.medicd.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds programs by name in the system's folders alone, and vouches that only root could write
 * them.
 */
public final class TrustedPrograms {
  private final List<Path> folders;

  /**
   * @param folders where names are looked for, in this order
   */
  public TrustedPrograms(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  public static TrustedPrograms ofThisHost() {
    return new TrustedPrograms(
        List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/sbin"), Path.of("/sbin")));
  }

  /** The first of that name that is to be trusted; empty if there is none. */
  public Optional<Path> find(String name) {
    try {
      return Optional.of(resolve(name));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The absolute path of a program.
   *
   * @param program a bare name, or an absolute path, which may then be anywhere
   * @throws ProgramRefusedException with the reason and what to mend
   */
  public Path resolve(String program) throws IOException {
    Path path = Path.of(program);
    if (!path.isAbsolute()) {
      path = search(program);
    }
    if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
      throw new ProgramRefusedException(path + " is not an executable file");
    }
    List<String> problems = TrustedPath.problems(path);
    if (!problems.isEmpty()) {
      throw new ProgramRefusedException(path + " is not run: " + String.join("; ", problems));
    }
    return path;
  }

  private Path search(String name) throws ProgramRefusedException {
    if (name.isEmpty() || name.contains("/")) {
      throw new ProgramRefusedException("'" + name + "' is neither a name nor an absolute path");
    }
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new ProgramMissingException(name + " is not installed in " + folders));
  }
}

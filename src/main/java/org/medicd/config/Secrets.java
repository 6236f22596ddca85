package org.medicd.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that hold a password or a token: one line, readable by nobody else. A name without a folder
 * is a credential that systemd hands over (LoadCredential= in systemd.exec(5)).
 */
public final class Secrets {
  private static final int MOST_BYTES = 4096;
  private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";
  private static final String LOAD = "the unit needs LoadCredential=";
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

  private Secrets() {}

  /**
   * Reads a secret, without the line end behind it.
   *
   * @throws IOException if it cannot be read, or is no single line; never tells what is in it
   */
  public static String read(Path file) throws IOException {
    Path path = resolve(file, System.getenv(CREDENTIALS));
    if (path == null) {
      throw new IOException(
          file + " is a credential, and systemd handed none over: " + LOAD + file);
    }
    try {
      return readFile(path);
    } catch (NoSuchFileException e) {
      throw new IOException(path + " does not exist", e);
    } catch (AccessDeniedException e) {
      throw new IOException(path + " may not be read by this user", e);
    }
  }

  /** Null: it is a credential, and there are none. */
  static @Nullable Path resolve(Path file, @Nullable String credentials) {
    if (file.isAbsolute()) {
      return file;
    }
    return credentials == null ? null : Path.of(credentials).resolve(file);
  }

  private static String readFile(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw Files.exists(path)
          ? new IOException(path + " is not a regular file")
          : new NoSuchFileException(path.toString());
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      String secret = new String(bytes, StandardCharsets.UTF_8).strip();
      if (bytes.length > MOST_BYTES || !secret.codePoints().allMatch(Quoted::isPlain)) {
        throw new IOException(
            path + " must hold a single line of at most " + MOST_BYTES + " bytes");
      }
      if (secret.isEmpty()) {
        throw new IOException(path + " is empty");
      }
      return secret;
    }
  }

  /**
   * What is wrong with such a file, in words; null: nothing, or it is a credential and only the
   * daemon has those.
   *
   * @param isAddress it must hold a web address
   */
  static @Nullable String problemOf(Path file, boolean isAddress) {
    Path path = resolve(file, System.getenv(CREDENTIALS));
    if (path == null) {
      return null;
    }
    try {
      String secret = readFile(path);
      if (isAddress && !WebAddress.isGood(secret)) {
        return path + " holds no address as https://…";
      }
      if (Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains)) {
        return path + " is open to every user: chmod o= " + path;
      }
      return null;
    } catch (NoSuchFileException e) {
      return path + " does not exist";
    } catch (AccessDeniedException e) {
      return path + " may not be read by this user";
    } catch (IOException e) {
      return e.getMessage();
    }
  }
}

package org.medicd.rule;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.drools.model.Model;
import org.medicd.config.Limits;

/** Names what rules are compiled from: with the same key the result is the same. */
final class PackKey {
  private PackKey() {}

  /**
   * Of the rule files, of which limits there are, of the versions of medicd, of the compiler and of
   * the JDK; not of where the files lie, nor of how the limits are set.
   */
  static String of(List<Path> folders, Limits limits) throws IOException {
    MessageDigest digest = digest();
    add(digest, version(PackKey.class));
    add(digest, version(Model.class));
    add(digest, System.getProperty("java.vm.version", ""));
    limits.all().stream()
        .map(limit -> limit.diagnosis() + "." + limit.name() + " is " + limit.kind())
        .sorted()
        .forEach(each -> add(digest, each));
    for (Path file : RuleSource.files(folders)) {
      add(digest, file.getFileName().toString());
      add(digest, Files.readAllBytes(file));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String version(Class<?> type) {
    return type.getPackage().getImplementationVersion() + " " + stamp(type);
  }

  /** An unreleased version changes without a new name: the archive's time of change tells. */
  private static String stamp(Class<?> type) {
    try {
      Path archive = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Files.getLastModifiedTime(archive).toMillis() + " " + Files.size(archive);
    } catch (IOException | java.net.URISyntaxException | RuntimeException e) {
      return "";
    }
  }

  private static void add(MessageDigest digest, String text) {
    add(digest, text.getBytes(StandardCharsets.UTF_8));
  }

  /** With its length before it, so that no two lists of parts run together alike. */
  private static void add(MessageDigest digest, byte[] part) {
    digest.update(Integer.toString(part.length).getBytes(StandardCharsets.UTF_8));
    digest.update((byte) ':');
    digest.update(part);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

package org.medicd.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of evidence as lines that a terminal may show. */
final class EvidenceText {
  /** What the flight recorder has of the incident; no text. */
  private static final String RECORDING = "flight";

  /** More than a capture may write. */
  private static final long MOST_BYTES = 2L << 20;

  private EvidenceText() {}

  /** One file, and what is in it. */
  record Page(String title, List<String> lines) {}

  /**
   * @param folder of one incident
   * @throws AccessDeniedException where only the daemon's user may read it
   */
  static List<Page> pages(Path folder) throws IOException {
    List<Page> pages = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted().toList()) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          pages.add(page(folder, file));
        }
      }
    }
    return pages;
  }

  private static String shown(String line) {
    return Escaped.of(line.replace("\t", "    "));
  }

  private static Page page(Path folder, Path file) throws IOException {
    String title = Escaped.of(folder.relativize(file).toString());
    long bytes = Files.size(file);
    if (file.endsWith(RECORDING)) {
      String how = "a recording: medic replay " + Escaped.of(file.toString()) + " --rules DIR";
      return new Page(title, List.of(how));
    }
    if (bytes > MOST_BYTES) {
      return new Page(title, List.of(bytes + " bytes: look at it yourself"));
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return new Page(title, text.lines().map(EvidenceText::shown).toList());
  }
}

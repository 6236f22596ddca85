package org.medicd.daemon.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.notify.Notices;
import org.medicd.plan.Happening;

class MessageIdTest {
  private static final Path CATALOG = Path.of("systemd/medicd.catalog");

  private static List<String> matches(String regex, String text) {
    return Pattern.compile(regex, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map(each -> each.group(1))
        .toList();
  }

  @Test
  void theCatalogExplainsEachAndNoOther() throws Exception {
    assertThat(matches("^-- (.*)$", Files.readString(CATALOG)))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(MessageId.values()).map(MessageId::id).toList())
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[0-9a-f]{32}"));
    assertThat(Files.readString(Path.of("README.md")))
        .contains(Arrays.stream(MessageId.values()).map(MessageId::id).toList());
  }

  @Test
  void theCatalogNamesOnlyFieldsThatAreThere() throws Exception {
    Happening rung = new Happening(Happening.Kind.OUTCOME, Notices.exhausted().incident(), 0);
    Entry entry = new Entry(rung, "", null, Notices.OPENED_AT);
    assertThat(matches("@([A-Z_]+)@", Files.readString(CATALOG)))
        .isSubsetOf(SystemJournal.fields(entry, "line").keySet());
  }

  /** Journalctl's own reader takes it, and drops what it cannot read with a line. */
  @Test
  void theJournalReadsTheCatalog(@TempDir Path root) throws Exception {
    Path folder = Files.createDirectories(root.resolve("usr/lib/systemd/catalog"));
    Files.createDirectories(root.resolve("var/lib/systemd/catalog"));
    Files.copy(CATALOG, folder.resolve("medicd.catalog"));
    Process update =
        new ProcessBuilder("journalctl", "--update-catalog", "--root=" + root)
            .redirectErrorStream(true)
            .start();
    String said = new String(update.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(update.waitFor()).as(said).isZero();
    Process list =
        new ProcessBuilder("journalctl", "--list-catalog", "--root=" + root)
            .redirectErrorStream(true)
            .start();
    String listed = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(list.waitFor()).as(listed).isZero();
    assertThat(Arrays.stream(MessageId.values()).map(MessageId::id)).allMatch(listed::contains);
    assertThat(listed).contains("medicd: Incident @MEDICD_INCIDENT@ opened: @MEDICD_DIAGNOSIS@");
  }
}

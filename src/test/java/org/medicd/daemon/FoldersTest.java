package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoldersTest {
  private static final Folders FOLDERS =
      Folders.of(Path.of("/var/lib/medicd"), Path.of("/run/medicd"), null);

  @Test
  void thePlainLogIsWhereSystemdHasLogsElseWithTheState() {
    assertThat(FOLDERS.alertLog(Map.of("LOGS_DIRECTORY", "/var/log/medicd")))
        .hasToString("/var/log/medicd/alerts.log");
    assertThat(FOLDERS.alertLog(Map.of("LOGS_DIRECTORY", "/var/log/a:/var/log/b")))
        .hasToString("/var/log/a/alerts.log");
    assertThat(FOLDERS.alertLog(Map.of())).hasToString("/var/lib/medicd/alerts.log");
  }
}

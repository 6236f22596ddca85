package org.medicd.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceNameTest {
  @ParameterizedTest
  @CsvSource({
    "'1-2 0 remount ro /data', '1\\x2d2\\x200\\x20remount\\x20ro\\x20-data'",
    "'/a-b/ü', '-a\\x2db-\\xc3\\xbc'",
    "'.a.b:c_d', '\\x2ea.b:c_d'",
    "'$%\\', '\\x24\\x25\\x5c'"
  })
  void isWrittenAsSystemdEscapeDoes(String text, String name) {
    assertThat(InstanceName.escape(text)).isEqualTo(name);
  }

  @Test
  void isWhatSystemdEscapeSaysOfEveryCharacter() throws Exception {
    StringBuilder all = new StringBuilder();
    for (char letter = 1; letter < 0x180; letter++) {
      all.append(letter);
    }
    List<String> command = List.of("systemd-escape", "--", all.toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      Assumptions.abort("no systemd-escape here");
      return;
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(InstanceName.escape(all.toString())).isEqualTo(said.strip());
  }
}

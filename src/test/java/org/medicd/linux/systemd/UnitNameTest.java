package org.medicd.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medicd.lab.Program;

class UnitNameTest {
  @Test
  void escapesAsSystemdDoes() throws Exception {
    for (String text :
        List.of(
            "drop-caches", "vacuum:/var/lib", ".hidden", "a b\\c", "ü", "read-only:/", "a.b_c:d")) {
      String theirs =
          Program.run(java.time.Duration.ofSeconds(5), List.of("systemd-escape", "--", text))
              .expectSuccess();
      assertThat(UnitName.escape(text)).isEqualTo(theirs.strip());
    }
  }
}

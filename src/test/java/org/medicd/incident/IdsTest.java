package org.medicd.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void sortByTime() {
    Ids ids = new Ids("s");
    assertThat(ids.next(NOW)).isEqualTo("20260102-030405-s1");
    assertThat(ids.next(NOW.plusSeconds(1))).isEqualTo("20260102-030406-s2");
  }

  @Test
  void aTimeThatIsToldTwiceMakesNoIdTwice() {
    Ids ids = new Ids("");
    ids.avoid(Set.of("20260102-030405-1", "20260102-030405-2"));
    assertThat(ids.next(NOW)).isEqualTo("20260102-030405-3");
  }
}

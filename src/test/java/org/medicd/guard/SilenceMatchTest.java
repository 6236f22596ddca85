package org.medicd.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medicd.fact.HostId;
import org.medicd.fact.ProcessId;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Orders;
import org.medicd.plan.Patient;
import org.medicd.plan.Silence;

class SilenceMatchTest {
  private static final Patient NGINX =
      new Patient(
          new ProcessId(7, 1), "nginx: worker", "/usr/sbin/nginx", "www", "web@1.service", null);

  private static boolean matches(String words) {
    return SilenceMatch.parse(List.of(words.split(" "))).matches("cpu-runaway", NGINX);
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, true",
    "/usr/sbin/*, true",
    "web@1, true",
    "web@*.service, true",
    "cpu-runaway, true",
    "*, true",
    "www, false",
    "user=www, true",
    "user=root, false",
    "unit=nginx, false",
    "unit=web@1, true",
    "process=nginx, true",
    "process=web@1, false",
    "diagnosis=cpu-*, true",
    "diagnosis=disk-full, false",
    "nginx diagnosis=cpu-runaway, true",
    "nginx diagnosis=disk-full, false",
    "ngin, false"
  })
  void saysWhomASilenceIsAbout(String words, boolean expected) {
    assertThat(matches(words)).isEqualTo(expected);
  }

  @Test
  void theHostIsMatchedByItsDiagnosis() {
    Patient host = new Patient(new HostId(), null, null, null, null, null);
    assertThat(SilenceMatch.parse(List.of("load-high")).matches("load-high", host)).isTrue();
    assertThat(SilenceMatch.parse(List.of("nginx")).matches("load-high", host)).isFalse();
    assertThat(SilenceMatch.parse(List.of("user=*")).matches("load-high", host)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "rule=x, 'rule' is nothing to match by: known are",
    "unit=, names nobody",
    "=x, '' is nothing to match by"
  })
  void saysWhatIsWrongWithAWord(String word, String expected) {
    assertThatThrownBy(() -> SilenceMatch.parse(List.of(word)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(expected.replace("'' is", "'' is"));
  }

  @Test
  void aSilenceOfNobodyIsNone() {
    assertThatThrownBy(() -> SilenceMatch.parse(List.of())).hasMessageContaining("'*' is all");
  }

  @Test
  void theGuardWaitsUntilItIsOver() {
    Instant until = Instant.parse("2026-03-01T12:00:00Z");
    Silence silence =
        new Silence("s1", List.of("web"), "root", null, until.minusSeconds(60), until);
    Orders orders = new Orders(null, List.of(silence));
    Wish wish = Wish.about(50, p -> p.unit("web.service")).under(orders);
    assertThat(wish.judgedBy(new SilenceGuard()))
        .isEqualTo("refused by silence: silenced by root until 2026-03-01T12:00:00Z");
    assertThat(wish.to(Kind.RESTART_UNIT).mending().judgedBy(new SilenceGuard())).isEmpty();
    assertThat(Wish.aboutAnybody().under(orders).judgedBy(new SilenceGuard())).isEmpty();
  }
}

package org.medicd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.HostId;
import org.medicd.fact.ProcessId;
import org.medicd.plan.Patient;

class IncidentMatchTest {
  private static final Patient NGINX =
      new Patient(
          new ProcessId(7, 1), "nginx: worker", "/usr/sbin/nginx", "www", "web@1.service", null);

  private static boolean matches(String words) {
    return IncidentMatch.parse(List.of(words.split(" ")))
        .matches("cpu-runaway", "diagnosis: cpu runaway", NGINX);
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
    "rule=diagnosis:*, true",
    "rule=cpu-*, false",
    "diagnosis=disk-full, false",
    "nginx diagnosis=cpu-runaway, true",
    "nginx diagnosis=disk-full, false",
    "ngin, false"
  })
  void saysWhomASilenceIsAbout(String words, boolean expected) {
    assertThat(matches(words)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "subject=/var, true",
    "/var, true",
    "subject=/v*, true",
    "subject=/, false",
    "diagnosis=disk-full subject=/srv, false",
    "unit=/var, false"
  })
  void aFileSystemIsMatchedByItsMountPoint(String words, boolean expected) {
    Patient var = new Patient(new FilesystemId("/var", "/dev/sda2"), null, null, null, null, null);
    IncidentMatch match = IncidentMatch.parse(List.of(words.split(" ")));
    assertThat(match.matches("disk-full", "r", var)).isEqualTo(expected);
  }

  @Test
  void theHostIsMatchedByItsDiagnosis() {
    Patient host = new Patient(new HostId(), null, null, null, null, null);
    assertThat(IncidentMatch.parse(List.of("load-high")).matches("load-high", "r", host)).isTrue();
    assertThat(IncidentMatch.parse(List.of("nginx")).matches("load-high", "r", host)).isFalse();
    assertThat(IncidentMatch.parse(List.of("user=*")).matches("load-high", "r", host)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "rul=x, 'rul' is nothing to match by: known are",
    "unit=, names nobody",
    "=x, '' is nothing to match by"
  })
  void saysWhatIsWrongWithAWord(String word, String expected) {
    assertThatThrownBy(() -> IncidentMatch.parse(List.of(word)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(expected.replace("'' is", "'' is"));
  }

  @Test
  void aSilenceOfNobodyIsNone() {
    assertThatThrownBy(() -> IncidentMatch.parse(List.of())).hasMessageContaining("'*' is all");
  }
}

package org.medicd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
  @ParameterizedTest
  @CsvSource({
    "postgres, postgres, true",
    "postgres, postgres2, false",
    "db@*.service, db@main.service, true",
    "db@*.service, db@.service, true",
    "db@*.service, db@mainXservice, false",
    "php-fpm?.?, php-fpm8.2, true",
    "php-fpm?, php-fpm, false",
    "/opt/app/*, /opt/app/run, true",
    "/opt/app/*, /opt/app/bin/run, false",
    "/opt/app/**, /opt/app/bin/run, true",
    "'', '', true",
    "'', x, false",
  })
  void knowsStarsAndQuestionMarksOnly(String pattern, String name, boolean matches) {
    assertThat(NamePattern.of(pattern).matches(name)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "'[ab'",
    "'{a,b'",
    "a\\",
    "dev-disk-by\\x2duuid.swap",
    "a(b",
    "'a\\Eb'",
    "^a$",
    "a.+"
  })
  void allElseStandsForItself(String text) {
    assertThat(NamePattern.of(text).matches(text)).isTrue();
    assertThat(NamePattern.of(text).matches("ab")).isFalse();
  }

  @Test
  void namesMayHoldAnything() {
    assertThat(NamePattern.of("*").matches("bad\nname\0")).isTrue();
    assertThat(NamePattern.of("w?rker").matches("wörker")).isTrue();
    assertThat(NamePattern.of("??").matches("\uD83D\uDC80x")).isTrue();
  }

  @Test
  void noTextIsABrokenPattern() {
    Random random = new Random(7);
    String alphabet = "ab*?[]{}()\\^$.|+,/-!\u00e4\n";
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String pattern = text.toString();
      assertThatCode(() -> NamePattern.of(pattern).matches("a/b")).doesNotThrowAnyException();
    }
  }
}

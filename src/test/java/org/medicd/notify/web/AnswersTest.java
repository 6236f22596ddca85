package org.medicd.notify.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.web.WebClient.Answer;

class AnswersTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-23T10:00:00Z"));

  private static DeliveryException failure(Answer answer) {
    return catchThrowableOfType(
        DeliveryException.class,
        () -> Answers.check("hook.example", answer, List.of("s3cret"), CLOCK));
  }

  private static DeliveryException failure(int status, @Nullable String retryAfter) {
    return failure(new Answer(status, "", retryAfter));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204})
  void isGood(int status) {
    assertThatCode(() -> Answers.check("h", new Answer(status, "", null), List.of(), CLOCK))
        .doesNotThrowAnyException();
  }

  /** Too much to do, ill, or an address or a key that can be mended. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        408, 425, 429, 500, 501, 502, 503, 504, 599, 401, 402, 403, 404, 405, 407, 410, 421, 301,
        307, 100, 0
      })
  void isTriedAgain(int status) {
    assertThat(failure(status, null).isForGood()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 406, 409, 411, 413, 414, 415, 422, 431, 451})
  void isNotWanted(int status) {
    assertThat(failure(status, null).isForGood()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "429, 30, 30",
    "503, ' 7 ', 7",
    "503, 0, 1",
    "429, 'Mon, 23 Nov 2026 10:02:00 GMT', 120",
    "429, 'Mon, 23 Nov 2026 09:00:00 GMT', 1",
    "429, 999999999, 3600",
    "429, 'Thu, 23 Nov 9026 09:00:00 GMT', 3600",
  })
  void waitsAsLongAsItIsAskedToWithinReason(int status, String header, int seconds) {
    assertThat(failure(status, header).retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "soon", "-5", "1.5", "99999999999999", "Mon, 99 Nov 2026 10:02:00 GMT"})
  void passesOverATimeThatIsNone(String header) {
    assertThat(failure(429, header).retryAfter()).isNull();
    assertThat(failure(429, header)).hasMessage("hook.example answered 429");
  }

  @Test
  void tellsNothingOfAnAddressThatIsASecret() {
    URI address = URI.create("https://u:passw0rd@hook.example/services/T0/s3%63ret?key=t0ken");
    String said =
        "Cannot POST /services/T0/s3%63ret?key=t0ken (s3cret, t0ken, u:passw0rd) for " + address;
    DeliveryException failure =
        catchThrowableOfType(
            DeliveryException.class,
            () -> Answers.check("h", new Answer(404, said, null), Answers.partsOf(address), CLOCK));
    assertThat(failure).hasMessage("h answered 404: Cannot POST … (…, …, …) for …");
  }

  @Test
  void tellsTheBeginningOfWhatWasSaidWithoutTheKeyAndHarmless() {
    String said = "no: \u001b[31m" + "s3cret" + "😀".repeat(1000);
    assertThat(failure(new Answer(400, said, null)).getMessage())
        .startsWith("hook.example answered 400: no: \\u{1b}[31m…😀😀")
        .hasSizeLessThan(700)
        .doesNotContain("s3cret");
  }
}

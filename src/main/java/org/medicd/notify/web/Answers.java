package org.medicd.notify.web;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.web.WebClient.Answer;

/** What an answer means for the letter that it is about. */
final class Answers {
  /** Whoever asks for more than this has a clock or a configuration that is wrong. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private static final int MOST_SHOWN = 200;
  private static final int SHORTEST_SECRET = 4;

  /** Too slow, too early, too many. */
  private static final Set<Integer> LATER = Set.of(408, 425, 429);

  /**
   * These tell of the address or the key, not of the letter. Whoever mends it within the time that
   * letters are tried is to get what waited: a pager that was given a wrong key must not lose the
   * night's alerts by that. Meanwhile the lane stands, the log and medic status tell of it, and the
   * heartbeat ends.
   */
  private static final Set<Integer> MENDABLE = Set.of(401, 402, 403, 404, 405, 407, 410, 421);

  private Answers() {}

  /**
   * Returns if the letter was delivered.
   *
   * @param from who answered
   * @param hidden is not shown, should the answer hold it
   * @throws DeliveryException for good if it is the letter that is not wanted: 400, 413, 422 …
   */
  static void check(String from, Answer answer, List<String> hidden, InstantSource clock)
      throws DeliveryException {
    int status = answer.status();
    if (isGood(answer)) {
      return;
    }
    String what = from + " answered " + status + said(answer.text(), hidden);
    if (status >= 500 || LATER.contains(status)) {
      Duration after = retryAfter(answer.retryAfter(), clock);
      throw after == null ? new DeliveryException(what) : DeliveryException.notBefore(after, what);
    } else if (status < 400) {
      throw new DeliveryException(what + ", and elsewhere is not gone to");
    }
    throw MENDABLE.contains(status)
        ? new DeliveryException(what)
        : DeliveryException.forGood(what, null);
  }

  static boolean isGood(Answer answer) {
    return answer.status() >= 200 && answer.status() < 300;
  }

  /** What tells of an address more than its host, the longest first. */
  static List<String> partsOf(URI address) {
    String end = address.getRawPath() + "?" + address.getRawQuery();
    String readable = address.getPath() + "?" + address.getQuery();
    return Stream.of(
            Stream.of(address.toString(), address.getRawUserInfo(), end, readable),
            Stream.of(address.getRawPath(), address.getPath()),
            Arrays.stream((end + "?" + readable).split("[/?&=]+")))
        .flatMap(each -> each)
        .filter(Objects::nonNull)
        .distinct()
        .sorted(Comparator.comparing(String::length).reversed())
        .toList();
  }

  private static String said(String text, List<String> hidden) {
    String open = text;
    for (String each : hidden) {
      open = each.length() >= SHORTEST_SECRET ? open.replace(each, "…") : open;
    }
    String shown = open.strip();
    int end =
        shown.offsetByCodePoints(0, Math.min(MOST_SHOWN, shown.codePointCount(0, shown.length())));
    return shown.isEmpty() ? "" : ": " + shown.substring(0, end);
  }

  /** Seconds or a date (RFC 9110, 10.2.3); null: neither. */
  static @Nullable Duration retryAfter(@Nullable String header, InstantSource clock) {
    if (header == null) {
      return null;
    } else if (header.strip().matches("[0-9]{1,9}")) {
      return within(Duration.ofSeconds(Long.parseLong(header.strip())));
    }
    try {
      ZonedDateTime then =
          ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
      return within(Duration.between(clock.instant(), then.toInstant()));
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  /** At least a moment: who names a time that is over is not to be asked without a pause. */
  private static Duration within(Duration asked) {
    Duration least = Duration.ofSeconds(1);
    return asked.compareTo(least) < 0
        ? least
        : asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
  }
}

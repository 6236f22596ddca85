package org.medicd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("once")
class CalendarExpressionTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static List<String> times(String text, String after, ZoneId host, int most) {
    CalendarExpression expression = CalendarExpression.parse(text);
    List<String> times = new ArrayList<>();
    Instant at = expression.next(Instant.parse(after), host);
    while (at != null && times.size() < most) {
      times.add(at.toString());
      at = expression.next(at, host);
    }
    return times;
  }

  @Test
  void elapsesOnTheDaysAndHoursThatItNames() {
    assertThat(times("Mon..Fri 02:00", "2026-01-01T12:00:00Z", ZoneOffset.UTC, 3))
        .containsExactly("2026-01-02T02:00:00Z", "2026-01-05T02:00:00Z", "2026-01-06T02:00:00Z");
    assertThat(times("*-*~1 23:30", "2026-01-31T23:30:00Z", ZoneOffset.UTC, 2))
        .containsExactly("2026-02-28T23:30:00Z", "2026-03-31T23:30:00Z");
    assertThat(times("Sun *-*~7/1 04:00", "2026-01-01T00:00:00Z", ZoneOffset.UTC, 2))
        .as("the last Sunday of each month")
        .containsExactly("2026-01-25T04:00:00Z", "2026-02-22T04:00:00Z");
  }

  @Test
  void theTimeItselfIsNotAfterItself() {
    assertThat(times("daily", "2026-01-01T23:59:59.999999999Z", ZoneOffset.UTC, 1))
        .containsExactly("2026-01-02T00:00:00Z");
    assertThat(times("daily", "2026-01-02T00:00:00Z", ZoneOffset.UTC, 1))
        .containsExactly("2026-01-03T00:00:00Z");
    assertThat(times("daily", "2026-01-01T23:59:59.9999995Z", ZoneOffset.UTC, 1))
        .containsExactly("2026-01-02T00:00:00Z");
  }

  @Test
  void itsOwnZoneCountsBeforeThatOfTheHost() {
    assertThat(times("02:00 America/New_York", "2026-07-01T00:00:00Z", BERLIN, 1))
        .containsExactly("2026-07-01T06:00:00Z");
    assertThat(times("02:00", "2026-07-01T00:00:00Z", BERLIN, 1))
        .containsExactly("2026-07-02T00:00:00Z");
    assertThat(CalendarExpression.parse("02:00 EST").zone(BERLIN)).hasToString("-05:00");
  }

  @Test
  void whereClocksArePutForwardOverItItElapsesAsTheyAre() {
    assertThat(times("02:30", "2026-03-28T12:00:00Z", BERLIN, 2))
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
    assertThat(times("02:10,50", "2026-03-28T12:00:00Z", BERLIN, 2))
        .as("two of one hour that there is not")
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:10:00Z");
    assertThat(times("02,03:00", "2026-03-28T12:00:00Z", BERLIN, 2))
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z");
  }

  @Test
  void ofATimeThatComesTwiceBothCount() {
    assertThat(times("02:30", "2026-10-24T12:00:00Z", BERLIN, 3))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z");
    assertThat(times("2026-10-25 02:30", "2026-10-25T00:45:00Z", BERLIN, 3))
        .as("in between, and never again afterwards")
        .containsExactly("2026-10-25T01:30:00Z");
    assertThat(times("Sun *-*~7/1 02:30", "2026-10-25T00:30:00Z", BERLIN, 2))
        .containsExactly("2026-10-25T01:30:00Z", "2026-11-29T01:30:00Z");
    assertThat(times("*:00/30", "2026-10-25T00:00:00Z", BERLIN, 4))
        .containsExactly(
            "2026-10-25T00:30:00Z",
            "2026-10-25T01:00:00Z",
            "2026-10-25T01:30:00Z",
            "2026-10-25T02:00:00Z");
  }

  @Test
  void whatIsOverNeverElapsesAgain() {
    assertThat(times("2026-01-01 02:00", "2025-01-01T00:00:00Z", BERLIN, 9)).hasSize(1);
    assertThat(times("2026-01-01 02:00", "2026-01-01T01:00:00Z", BERLIN, 9)).isEmpty();
    assertThat(times("*-02-30", "1970-01-01T00:00:00Z", BERLIN, 9)).isEmpty();
    assertThat(times("hourly", "2199-12-31T22:30:00Z", ZoneOffset.UTC, 9)).hasSize(1);
    assertThat(CalendarExpression.parse("daily").next(Instant.MAX, BERLIN)).isNull();
    assertThat(CalendarExpression.parse("daily").next(Instant.MIN, ZoneOffset.UTC))
        .isEqualTo(Instant.EPOCH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          25:00 | '25' is no hour: from 0 to 23
          1:60 | '60' is no minute: from 0 to 59
          1:0:60 | '60' is no second: from 0 to 59
          *-13-1 | '13' is no month: from 1 to 12
          *-*~31 | '31' is no day from the end of a month: from 1 to 28
          1969-1-1 | '1969' is no year: from 1970 to 2199
          5..1:00 | '5..1' ends before it begins
          1/0:00 | '1/0' has a step of nothing
          20/5:00 | '20/5' leaves the range with its first step: hour from 0 to 23
          */2:00 | '*/2' is none of 1, 1..5, 0/15, 1..9/2 in a list of values, which * stands for all of
          0:0:3..3 | '3..3' is no range of seconds: it has but one value
          1.5:00 | '1.5' is no hour: only seconds have fractions
          1..9/99999999999:0 | '99999999999' is too large a number
          Mo 02:00 | 'Mo' is no day of the week, as Mon
          Fri..Mon 02:00 | 'Fri..Mon' goes beyond Sunday: write both parts, as Fri..Sun,Mon
          02:00 Europe/Berln | 'Europe/Berln' is no time zone, as UTC or Europe/Berlin
          every day | 'day' is no time zone, as UTC or Europe/Berlin
          2am | '2am' is no calendar expression, as Mon..Fri 02:00 or *-*-01 03:00 (see systemd.time(7))
          """)
  void says(String text, String wrong) {
    assertThatThrownBy(() -> CalendarExpression.parse(text)).hasMessage(wrong);
  }

  @ParameterizedTest
  @CsvSource({
    "Frii 02:00, Fri",
    "thursay, Thursday",
    "02:00 europe/berlin, Europe/Berlin",
    "02:00 CEST, CET"
  })
  void saysWhatWasProbablyMeant(String text, String meant) {
    assertThatThrownBy(() -> CalendarExpression.parse(text))
        .isInstanceOfSatisfying(
            Unfit.class, unfit -> assertThat(unfit.suggestion()).isEqualTo(meant));
  }

  @Test
  void takesALongListAndNothingEndless() {
    String minutes = "0,1".repeat(200).replace("10", "1,0");
    assertThat(CalendarExpression.parse("1:" + minutes).weekdays()).isEmpty();
    assertThatThrownBy(() -> CalendarExpression.parse("1:" + "0,".repeat(5_000) + "0"))
        .isInstanceOf(Unfit.class);
    assertThat(CalendarExpression.parse("Sat,sunday").weekdays())
        .containsExactlyInAnyOrder(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
  }

  /** Whatever is written, there is a time or a reason, and a time lies ahead. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void neverThrowsAnythingElse(long seed) {
    Random random = new Random(seed);
    int good = 0;
    for (int round = 0; round < 5_000; round++) {
      String text = WrittenCalendars.any(random);
      for (int change = random.nextInt(3); change > 0; change--) {
        text = WrittenCalendars.mutated(text, random);
      }
      Instant after = Instant.ofEpochSecond(random.nextLong() % 8_000_000_000L);
      try {
        CalendarExpression expression = CalendarExpression.parse(text);
        good++;
        assertAhead(expression.next(after, ZoneId.of(WrittenCalendars.zone(random))), after, text);
      } catch (Unfit e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
    assertThat(good).isBetween(500, 4_500);
  }

  private static void assertAhead(@Nullable Instant next, Instant after, String text) {
    if (next != null) {
      assertThat(next).as(text).isAfter(after).isBefore(Instant.parse("2200-01-02T00:00:00Z"));
    }
  }
}

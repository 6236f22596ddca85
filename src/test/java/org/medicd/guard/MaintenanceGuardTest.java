package org.medicd.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.medicd.config.CalendarExpression;
import org.medicd.config.MaintenanceWindow;
import org.medicd.config.WindowTimes;
import org.medicd.fact.Scene;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Maintenance;

class MaintenanceGuardTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static MaintenanceWindow window(String calendar, Duration length, String... match) {
    return new MaintenanceWindow(
        "patches", CalendarExpression.parse(calendar), length, List.of(match));
  }

  private static @Nullable String until(MaintenanceWindow window, String now) {
    Instant until = window.times(BERLIN).openUntil(Instant.parse(now));
    return until == null ? null : until.toString();
  }

  /** Open while a {@link Wish} is judged, a second after the scene's start. */
  private static final MaintenanceWindow OPEN = window("03:00 UTC", Duration.ofMinutes(10));

  private static String judged(Wish wish, MaintenanceWindow window) {
    return wish.judgedBy(new MaintenanceGuard(List.of(window), BERLIN));
  }

  @Test
  void waitsWhileOneIsOpenAndSaysUntilWhen() {
    assertThat(Scene.START).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(judged(Wish.aboutAnybody(), OPEN))
        .isEqualTo(
            "refused by maintenance: maintenance window \"patches\" until 2026-01-02T03:10:00Z: it"
                + " only observes");
    assertThat(judged(Wish.aboutAnybody(), window("03:00 UTC", Duration.ofMinutes(3)))).isEmpty();
    assertThat(judged(Wish.aboutAnybody(), window("03:05 UTC", Duration.ofMinutes(3)))).isEmpty();
  }

  @Test
  void theCountryOfTheHostTellsTheHours() {
    assertThat(judged(Wish.aboutAnybody(), window("04:00", Duration.ofMinutes(10)))).isNotEmpty();
    assertThat(judged(Wish.aboutAnybody(), window("03:00", Duration.ofMinutes(10)))).isEmpty();
  }

  @Test
  void whatUndoesHarmGoesOn() {
    Wish wish = Wish.about(50, p -> p.unit("web.service")).to(Kind.RESTART_UNIT).mending();
    assertThat(judged(wish, OPEN)).isEmpty();
  }

  @Test
  void itIsAboutWhatItMatchesOnly() {
    MaintenanceWindow ofDatabases =
        window("03:00 UTC", Duration.ofMinutes(10), "unit=db@*", "diagnosis=trouble");
    assertThat(judged(Wish.about(50, p -> p.unit("db@1.service")), ofDatabases)).isNotEmpty();
    assertThat(judged(Wish.about(50, p -> p.unit("web.service")), ofDatabases)).isEmpty();
    MaintenanceWindow ofARule =
        window("03:00 UTC", Duration.ofMinutes(10), "rule=diagnosis: trouble");
    assertThat(judged(Wish.aboutAnybody(), ofARule)).isNotEmpty();
    assertThat(judged(Wish.aboutAnybody().by("another"), ofARule)).isEmpty();
  }

  @Test
  void allThatAreOpenAreTold() {
    MaintenanceGuard guard =
        new MaintenanceGuard(
            List.of(
                OPEN,
                new MaintenanceWindow(
                    "closed", CalendarExpression.parse("daily"), Duration.ofHours(1), List.of()),
                new MaintenanceWindow(
                    "backup", CalendarExpression.parse("*:0"), Duration.ofHours(1), List.of("db"))),
            BERLIN);
    assertThat(guard.open(Scene.START))
        .extracting(Maintenance::name)
        .containsExactly("patches", "backup");
  }

  @Test
  void itsBeginBelongsToItAndItsEndDoesNot() {
    MaintenanceWindow window = window("Sun 02:00", Duration.ofHours(2));
    assertThat(until(window, "2026-01-04T00:59:59.999999999Z")).isNull();
    assertThat(until(window, "2026-01-04T01:00:00Z")).isEqualTo("2026-01-04T03:00:00Z");
    assertThat(until(window, "2026-01-04T02:59:59.999999999Z")).isEqualTo("2026-01-04T03:00:00Z");
    assertThat(until(window, "2026-01-04T03:00:00Z")).isNull();
  }

  @Test
  void thoseThatFollowWithoutABreakAreOne() {
    MaintenanceWindow office = window("Mon..Fri 8..17:00", Duration.ofHours(1));
    assertThat(until(office, "2026-01-05T12:00:00Z")).isEqualTo("2026-01-05T17:00:00Z");
    assertThat(until(office, "2026-01-05T17:00:00Z")).isNull();
    MaintenanceWindow overlapping = window("Mon..Fri 8..17:0/7", Duration.ofHours(1));
    assertThat(until(overlapping, "2026-01-05T12:00:00Z")).isEqualTo("2026-01-05T17:56:00Z");
  }

  @Test
  void anEndThatIsNotInSightIsLookedForAgain() {
    WindowTimes always = window("*:*", Duration.ofMinutes(1)).times(BERLIN);
    Instant now = Instant.parse("2026-01-01T00:00:30Z");
    assertThat(always.openUntil(now)).isEqualTo("2026-01-01T16:41:00Z");
    assertThat(always.isEndless(now)).isTrue();
    assertThat(always.openUntil(Instant.parse("2026-01-01T16:41:00Z")))
        .isEqualTo("2026-01-02T09:22:00Z");
    WindowTimes often = window("*:*", Duration.ofSeconds(59)).times(BERLIN);
    assertThat(often.isEndless(now)).isFalse();
  }

  @Test
  void aClockThatIsSetChangesWhatHolds() {
    WindowTimes times = window("02:00", Duration.ofHours(1)).times(BERLIN);
    assertThat(times.openUntil(Instant.parse("2026-01-04T01:30:00Z"))).isNotNull();
    assertThat(times.openUntil(Instant.parse("2026-01-04T00:30:00Z"))).isNull();
    assertThat(times.openUntil(Instant.parse("2026-01-04T01:10:00Z"))).isNotNull();
    assertThat(times.openUntil(Instant.parse("2026-01-08T12:00:00Z"))).isNull();
    assertThat(times.opensAt(Instant.parse("2026-01-08T12:00:00Z")))
        .isEqualTo("2026-01-09T01:00:00Z");
  }

  @Test
  void whereClocksAreChangedItIsOpenRatherOnceTooOften() {
    MaintenanceWindow window = window("02:30", Duration.ofHours(1));
    assertThat(until(window, "2026-03-29T01:00:00Z"))
        .as("03:00, as there is no 02:30")
        .isEqualTo("2026-03-29T02:00:00Z");
    assertThat(until(window, "2026-10-25T00:30:00Z"))
        .as("twice 02:30, an hour apart")
        .isEqualTo("2026-10-25T02:30:00Z");
    assertThat(until(window, "2026-10-25T02:30:00Z")).isNull();
  }

  @Test
  void whatIsOverOpensNeverAgain() {
    WindowTimes once = window("2026-01-04 02:00", Duration.ofHours(1)).times(BERLIN);
    assertThat(once.openUntil(Instant.parse("2026-01-04T01:30:00Z"))).isNotNull();
    assertThat(once.openUntil(Instant.parse("2026-01-04T02:00:00Z"))).isNull();
    assertThat(once.opensAt(Instant.parse("2026-01-04T02:00:00Z"))).isNull();
    assertThat(once.openUntil(Instant.parse("2199-01-04T02:00:00Z"))).isNull();
  }
}

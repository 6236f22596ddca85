package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.plan.IncidentState.RECOVERED;
import static org.medicd.plan.IncidentState.TREATING;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medicd.config.Settings;
import org.medicd.fact.Scene;
import org.medicd.fact.Snapshot;
import org.medicd.guard.Guards;
import org.medicd.guard.Ledger;
import org.medicd.guard.Situation;
import org.medicd.guard.Standpoint;
import org.medicd.plan.Action;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Assessment;
import org.medicd.plan.Assessments;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Intent;
import org.medicd.plan.Mode;
import org.medicd.plan.Orders;
import org.medicd.plan.Outcome;
import org.medicd.plan.Verdict;
import org.medicd.record.Journal;

class LeftoversTest {
  private static final Instant NOW = IncidentAt.OPENED.plusSeconds(3_600);
  private static final Duration SINCE_BOOT = Duration.ofHours(3);
  private static final Verdict ALLOWED = new Verdict.Allowed();

  private static Leftovers of(boolean sameBoot, Incident... kept) {
    return of(sameBoot, Map.of(), NOW, kept);
  }

  private static Leftovers of(
      boolean sameBoot, Map<String, Duration> treated, Instant now, Incident... kept) {
    Map<String, Journal.Beside> beside =
        treated.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, each -> new Journal.Beside(each.getValue(), List.of())));
    Journal.Restored restored = new Journal.Restored(sameBoot, List.of(kept), beside, 0);
    return Leftovers.of(restored, new Leftovers.Now(now, SINCE_BOOT));
  }

  private static Incident closed(String id, Duration ago) {
    return new IncidentAt(id, RECOVERED).closedAt(NOW.minus(ago)).make();
  }

  private static Incident open(String id) {
    return new IncidentAt(id, TREATING).make();
  }

  @Test
  void openIncidentsOfThisBootGoOn() {
    Leftovers leftovers = of(true, open("1"), closed("2", Duration.ofHours(1)));
    assertThat(leftovers.open()).extracting(Incident::id).containsExactly("1");
    assertThat(leftovers.withdrawn()).isEmpty();
    assertThat(leftovers.all()).extracting(Incident::id).containsExactly("1", "2");
  }

  @Test
  void thoseOfAnotherBootAreWithdrawn() {
    Leftovers leftovers = of(false, open("1"));
    assertThat(leftovers.open()).isEmpty();
    Incident withdrawn = leftovers.withdrawn().get(0);
    assertThat(withdrawn.state()).isEqualTo(IncidentState.WITHDRAWN);
    assertThat(withdrawn.closedAt()).isEqualTo(NOW);
    assertThat(withdrawn.closedBecause()).isEqualTo("the host was rebooted");
    assertThat(withdrawn.holds()).isEmpty();
  }

  @Test
  void theStoreIsToldOfAllThatHasEnded() {
    assertThat(of(true, open("1"), closed("2", Duration.ofHours(1))).ended())
        .extracting(Incident::id)
        .containsExactly("2");
    assertThat(of(false, open("1"), closed("2", Duration.ofHours(1))).ended())
        .extracting(Incident::id)
        .containsExactly("1", "2");
  }

  @Test
  void treatmentsOfADayAgoAreForgotten() {
    Leftovers leftovers = of(true, closed("1", Duration.ofHours(25)), closed("2", Duration.ZERO));
    assertThat(leftovers.treated()).extracting(Incident::id).containsExactly("2");
  }

  /** What the guards say to a first TERM so long after the start. */
  private static String judged(Leftovers leftovers, Duration sinceStart) {
    return judged(leftovers, NOW, sinceStart);
  }

  private static String judged(Leftovers leftovers, Instant now, Duration sinceStart) {
    Ledger ledger = new Ledger();
    leftovers.enterInto(ledger, new Leftovers.Now(now, SINCE_BOOT));
    Snapshot seen = new Scene().has(50, p -> p.named("web")).after(Duration.ofSeconds(1));
    Intent intent =
        new Intent(
            "3",
            "d",
            "diagnosis: cpu runaway",
            Mode.ACT,
            0,
            new Action(Kind.TERM),
            IncidentAt.PATIENT,
            List.of(IncidentAt.PROCESS),
            null,
            true,
            false,
            false,
            false);
    Assessment nothing = Assessments.nothing();
    return new Guards(Settings.defaults(), ledger, new Standpoint(900, ZoneOffset.UTC))
        .judge(intent, new Situation(seen, nothing, Mode.ACT, Orders.NONE, sinceStart, true))
        .words();
  }

  @Test
  void theLedgerAgesThemByTheClock() {
    Incident treated =
        new IncidentAt("1", RECOVERED)
            .closedAt(NOW.minusSeconds(10))
            .did(Kind.CAPTURE, ALLOWED, null, NOW.minusSeconds(50))
            .did(Kind.TERM, ALLOWED, new Outcome.Done(""), NOW.minusSeconds(40))
            .did(Kind.KILL, ALLOWED, new Outcome.Done(""), NOW.minusSeconds(30))
            .make();
    Leftovers leftovers = of(true, treated);
    assertThat(judged(leftovers, Duration.ofSeconds(5))).contains("15 s left");
    assertThat(judged(leftovers, Duration.ofSeconds(20))).isEqualTo("allowed");
  }

  /** TERM was sent 40 seconds ago; the cooldown is 60 seconds. */
  private static Incident treated() {
    return new IncidentAt("1", RECOVERED)
        .closedAt(NOW.minusSeconds(10))
        .did(Kind.TERM, ALLOWED, new Outcome.Done(""), NOW.minusSeconds(40))
        .make();
  }

  @ParameterizedTest
  @ValueSource(longs = {-90_000, -3_600, 3_600, 90_000})
  void aClockThatWasSetMakesTreatmentsNeitherOlderNorNewer(long seconds) {
    Instant now = NOW.plusSeconds(seconds);
    Map<String, Duration> at = Map.of("1", SINCE_BOOT.minusSeconds(40));
    Leftovers leftovers = of(true, at, now, treated());
    assertThat(judged(leftovers, now, Duration.ofSeconds(5))).contains("15 s left");
    assertThat(judged(leftovers, now, Duration.ofSeconds(20))).isEqualTo("allowed");
  }

  @Test
  void whereNothingElseIsKnownAClockThatWasSetBackMakesThemNew() {
    Instant now = NOW.minusSeconds(3_600);
    Leftovers leftovers = of(true, Map.of(), now, treated());
    assertThat(judged(leftovers, now, Duration.ofSeconds(5))).contains("55 s left");
    assertThat(judged(leftovers, now, Duration.ofSeconds(60))).isEqualTo("allowed");
  }

  @Test
  void theLedgerCountsOnlyWhatWasAllowed() {
    Incident rehearsed =
        new IncidentAt("1", RECOVERED)
            .closedAt(NOW)
            .did(Kind.TERM, new Verdict.Rehearsed("observes"), null, NOW)
            .did(Kind.TERM, new Verdict.Refused("scope", "not in", true), null, NOW)
            .make();
    assertThat(judged(of(true, rehearsed), Duration.ofSeconds(1))).isEqualTo("allowed");
  }

  @Test
  void openIncidentsCountToo() {
    Incident treating =
        new IncidentAt("1", TREATING).did(Kind.TERM, ALLOWED, null, NOW.minusSeconds(1)).make();
    assertThat(judged(of(true, treating), Duration.ofSeconds(1))).contains("58 s left");
  }
}

package org.medicd.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medicd.config.Selectors;
import org.medicd.fact.Unit;
import org.medicd.fact.UnitId;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Verdict;

class NeededGuardTest {
  private static final Selectors DATABASES = Wish.units("db@*.service");

  /** About a process of a service with which these go. */
  private static Wish wish(@Nullable List<String> stops, @Nullable List<String> startStops) {
    Wish wish = Wish.about(50, p -> p.named("store").unit("store.service"));
    wish.scene.unit(unit(stops, startStops));
    return wish;
  }

  private static Unit unit(@Nullable List<String> stops, @Nullable List<String> startStops) {
    return Unit.inState("store.service", "active", "running", "bus", "loaded")
        .tied(new Unit.Ties(stops, stops, startStops));
  }

  private static String judged(Wish wish) {
    return judged(wish, DATABASES);
  }

  private static String judged(Wish wish, Selectors protect) {
    ProtectedGuard protection = new ProtectedGuard(protect, 900);
    return wish.judgedBy(new NeededGuard(protection));
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"TERM", "KILL", "STOP", "RENICE", "CAPTURE", "RESTART_UNIT", "STOP_UNIT", "FREEZE"})
  void whatAProtectedUnitNeedsIsProtected(Kind kind) {
    Wish wish = wish(List.of("page.service", "db@1.service"), List.of()).to(kind);
    assertThat(judged(wish))
        .isEqualTo(
            "refused by protected: db@1.service is protected by the configuration: unit"
                + " db@*.service, and db@1.service needs store.service");
  }

  @Test
  void theInstancesOfAPoolComeAndGo() {
    assertThat(judged(Wish.about(new UnitId("worker@.service")).to(Kind.SCALE_POOL))).isEmpty();
  }

  @Test
  void itIsRefusedForGood() {
    Wish wish = wish(List.of("db@1.service"), List.of());
    assertThat(
            new NeededGuard(new ProtectedGuard(DATABASES, 900))
                .judge(wish.intent(), wish.situation()))
        .hasValueSatisfying(verdict -> assertThat(((Verdict.Refused) verdict).forGood()).isTrue());
  }

  @Test
  void othersThatNeedItAreNoReason() {
    assertThat(judged(wish(List.of("page.service"), List.of()))).isEmpty();
    assertThat(judged(wish(List.of(), List.of()))).isEmpty();
    assertThat(judged(Wish.about(50, p -> p.named("x")))).as("in no unit").isEmpty();
  }

  @Test
  void whatIsProtectedOutOfTheBoxCountsAsWell() {
    assertThat(judged(wish(List.of("ssh.service"), List.of()), Selectors.NONE))
        .contains("ssh.service is protected out of the box", "ssh.service needs store.service");
  }

  @Test
  void aProtectedProcessOfAUnitThatNeedsItCountsAsWell() {
    Wish wish = wish(List.of("batch.service"), List.of());
    wish.scene.has(60, p -> p.named("dpkg").unit("batch.service"));
    wish.scene.has(61, p -> p.named("dpkg").unit("other.service"));
    assertThat(judged(wish))
        .isEqualTo(
            "refused by protected: pid 60, which batch.service runs, is protected out of the box:"
                + " process dpkg*, and batch.service needs store.service");
  }

  @Test
  void aStartThatStopsAProtectedUnitIsRefused() {
    Wish wish = wish(List.of(), List.of("db@1.service"));
    assertThat(judged(wish.to(Kind.START_UNIT)))
        .endsWith("db@*.service, and the start of store.service would stop it");
    assertThat(judged(wish.to(Kind.RESTART_UNIT))).isNotEmpty();
    assertThat(judged(wish.to(Kind.STOP_UNIT))).isEmpty();
    assertThat(judged(wish.to(Kind.TERM))).isEmpty();
  }

  @Test
  void itWaitsWhileNobodyKnows() {
    String waits =
        "refused by protected: whether a protected unit needs store.service is not known yet";
    assertThat(judged(wish(null, null))).isEqualTo(waits);
    assertThat(judged(wish(null, null), Selectors.NONE)).isEqualTo(waits);
    assertThat(judged(wish(null, null).to(Kind.RESTART_UNIT))).isEqualTo(waits);
    assertThat(judged(wish(List.of(), null).to(Kind.RESTART_UNIT))).isEqualTo(waits);
    assertThat(judged(wish(List.of(), null).to(Kind.TERM))).isEmpty();
    assertThat(judged(wish(null, null).to(Kind.CAPTURE))).as("it ends nothing").isEmpty();
    Wish unread = Wish.about(50, p -> p.unit("store.service"));
    assertThat(judged(unread)).isEqualTo(waits);
    assertThat(judged(unread.to(Kind.RESTART_UNIT))).as("freshness says so").isEmpty();
  }

  @Test
  void whereTheBusIsSilentProcessesAreTreatedUnlessAProtectedUnitRuns() {
    Wish wish = Wish.about(50, p -> p.unit("store.service"));
    wish.scene.gap("unit", "store.service");
    wish.scene.has(60, p -> p.named("sshd").unit("ssh.service"));
    assertThat(judged(wish)).isEmpty();
    wish.scene.has(61, p -> p.named("db").unit("db@1.service"));
    assertThat(judged(wish, Selectors.NONE)).isEmpty();
    assertThat(judged(wish))
        .isEqualTo(
            "refused by protected: whether a protected unit needs store.service is not known: made"
                + " for a test");
    wish.scene.has(61, p -> p.named("postgres").unit("any.service"));
    assertThat(judged(wish, Wish.processes("postgres"))).isNotEmpty();
    wish.scene.has(61, p -> p.named("postgres").unit("store.service"));
    assertThat(judged(wish, Wish.processes("postgres"))).isEmpty();
    wish.scene.has(61, p -> p.named("postgres"));
    assertThat(judged(wish, Wish.processes("postgres"))).as("in no unit").isEmpty();
  }

  @Test
  void whereTheBusIsSilentUnitsAreNotTouched() {
    Wish wish = wish(null, null).to(Kind.STOP_UNIT);
    wish.scene.gap("unit", "store.service");
    assertThat(judged(wish, Selectors.NONE)).endsWith("is not known: made for a test");
  }

  @Test
  void whereNothingIsDoneUnknownIsNoReason() {
    assertThat(judged(wish(null, null).inTheory())).isEmpty();
    assertThat(judged(wish(List.of("db@1.service"), null).inTheory())).isNotEmpty();
  }
}

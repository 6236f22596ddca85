package org.medicd.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.incident.Ward.rung;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medicd.fact.ProcessId;
import org.medicd.plan.Action;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Hold;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Outcome;
import org.medicd.plan.Release;
import org.medicd.plan.Rung;

/** What is held stopped, frozen or limited, and when it is let go. */
class LeaseTest {
  private static final Hold STOPPED = new Hold.Stopped(new ProcessId(7, 1000));
  private static final Hold FROZEN = new Hold.Frozen("web.service");
  private static final Hold LIMITED =
      new Hold.Limited("web.service", "CPUQuota", "500000", "infinity");
  private static final Rung PAGE = rung(Kind.PAGE, 0);

  private final Ward ward = new Ward();

  @BeforeEach
  void aService() {
    ward.scene.unit("web.service", "active").has(7, p -> p.named("web").unit("web.service"));
  }

  private static Rung limit(int patienceSeconds) {
    Action halved = new Action(Kind.LIMIT, "CPUQuota=50%");
    return new Rung(halved, Duration.ofSeconds(patienceSeconds), null);
  }

  private List<Hold> toUndo() {
    return ward.incidents.takeReleases().stream().map(Release::hold).toList();
  }

  @Test
  void isWrittenDownBeforeItBegins() {
    ward.outcomesCome = false;
    ward.diagnosed(7, limit(10)).pass(1);
    assertThat(ward.only().holds()).containsExactly(LIMITED);
    assertThat(toUndo()).isEmpty();
  }

  @Test
  void whatDidNotComeAboutIsNotHeld() {
    ward.outcome = new Outcome.Failed("not on this kernel");
    ward.diagnosed(7, limit(10), PAGE).pass(1);
    assertThat(ward.only().holds()).isEmpty();
    assertThat(toUndo()).isEmpty();
  }

  @Test
  void aSignalLetsAStoppedProcessGoByItself() {
    ward.diagnosed(7, rung(Kind.STOP, 2), rung(Kind.TERM, 10)).pass(1);
    assertThat(ward.only().holds()).containsExactly(STOPPED);
    ward.pass(2);
    assertThat(ward.only().holds()).isEmpty();
    assertThat(toUndo()).isEmpty();
  }

  @Test
  void aSignalLetsAFrozenUnitGo() {
    ward.diagnosed(7, rung(Kind.FREEZE, 2), rung(Kind.TERM, 10)).pass(2);
    assertThat(toUndo()).isEmpty();
    ward.pass(1);
    assertThat(ward.did).containsExactly("freeze 7", "term 7");
    assertThat(toUndo()).containsExactly(FROZEN);
  }

  @Test
  void isRememberedUntilItIsKnownToBeUndone() {
    ward.diagnosed(7, limit(2), rung(Kind.RESTART_UNIT, 30)).pass(3);
    assertThat(ward.did).containsExactly("limit 7", "restart-unit 7");
    List<Release> releases = ward.incidents.takeReleases();
    assertThat(releases).extracting(Release::hold).containsExactly(LIMITED);
    assertThat(ward.only().holds()).containsExactly(LIMITED);
    assertThat(ward.incidents.takeReleases()).isEmpty();

    ward.cured(7).pass(60);
    assertThat(ward.only().state()).isEqualTo(IncidentState.RECOVERED);
    assertThat(ward.only().holds()).containsExactly(LIMITED);

    ward.incidents.undone(releases.get(0));
    ward.pass(1);
    assertThat(ward.only().holds()).isEmpty();
  }

  @Test
  void aLimitedUnitIsNotCuredByThat() {
    ward.diagnosed(7, limit(10), PAGE).pass(2).cured(7).pass(6);
    assertThat(ward.only().state()).isEqualTo(IncidentState.TREATING);
    assertThat(ward.did).containsExactly("limit 7");
  }

  @Test
  void endsWithTheLadderAndIsCuredIfItDoesNotComeBack() {
    ward.diagnosed(7, limit(5)).pass(2).cured(7).pass(4);
    assertThat(toUndo()).containsExactly(LIMITED);
    assertThat(ward.only().state()).isEqualTo(IncidentState.EXHAUSTED);
    ward.pass(8);
    assertThat(ward.only().state()).isEqualTo(IncidentState.RECOVERED);
    assertThat(ward.only().closedBecause()).endsWith("after limit");
  }

  @Test
  void endsWithTheLadderAndTheConditionMayShowAgain() {
    ward.diagnosed(7, limit(5)).pass(2).cured(7).pass(6).diagnosed(7, limit(5)).pass(20);
    assertThat(ward.only().state()).isEqualTo(IncidentState.EXHAUSTED);
    assertThat(ward.did).containsExactly("limit 7");
  }

  @Test
  void isHeldWhilePeopleAreCalled() {
    Rung page = rung(Kind.PAGE, 10);
    ward.diagnosed(7, rung(Kind.FREEZE, 2), page).pass(5);
    assertThat(ward.did).containsExactly("freeze 7", "page 7");
    assertThat(toUndo()).isEmpty();
    ward.pass(8);
    assertThat(toUndo()).containsExactly(FROZEN);
  }

  @Test
  void thawEndsIt() {
    ward.diagnosed(7, rung(Kind.FREEZE, 2), rung(Kind.THAW, 0), PAGE).pass(3);
    assertThat(toUndo()).containsExactly(FROZEN);
  }

  @Test
  void onlyThatOfSomeIncidentsMayBeLetGo() {
    ward.diagnosed(7, rung(Kind.FREEZE, 30), rung(Kind.TERM, 10)).pass(1);
    ward.incidents.letGo(ward.now, each -> each.diagnosis().equals("other"));
    assertThat(toUndo()).isEmpty();
    ward.incidents.letGo(ward.now, each -> each.diagnosis().equals("trouble"));
    assertThat(toUndo()).containsExactly(FROZEN);
    ward.incidents.letGo(ward.now, each -> each.diagnosis().equals("trouble"));
    assertThat(toUndo()).as("once").isEmpty();
  }

  @Test
  void goesOnAfterACrashUntilItIsUndone() {
    ward.diagnosed(7, limit(30)).pass(1);
    Ward next = new Ward();
    next.incidents.restore(ward.all(), Duration.ZERO);
    next.incidents.letGo(Duration.ZERO, each -> true);
    List<Release> releases = next.incidents.takeReleases();
    assertThat(releases).extracting(Release::hold).containsExactly(LIMITED);
    next.incidents.undone(releases.get(0));
    assertThat(next.incidents.open().get(0).holds()).isEmpty();
  }

  @Test
  void aClosedIncidentThatStillHoldsIsTakenUpAfterACrash() {
    ward.diagnosed(7, limit(2), rung(Kind.RESTART_UNIT, 5)).pass(3).cured(7).pass(30);
    assertThat(ward.only().state()).isEqualTo(IncidentState.RECOVERED);
    Ward next = new Ward();
    next.incidents.restore(ward.all(), Duration.ZERO);
    next.incidents.letGo(Duration.ZERO, each -> true);
    assertThat(next.incidents.takeReleases()).extracting(Release::hold).containsExactly(LIMITED);
    assertThat(next.incidents.open()).isEmpty();
  }
}

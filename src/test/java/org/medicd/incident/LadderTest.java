package org.medicd.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.incident.Ward.rung;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.GroupId;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Outcome;
import org.medicd.plan.Rung;
import org.medicd.plan.Step;
import org.medicd.plan.Verdict;

/** The ladder of one incident, second by second. */
class LadderTest {
  private static final Rung TERM = rung(Kind.TERM, 10);
  private static final Rung KILL = rung(Kind.KILL, 5);
  private static final Rung RESTART = rung(Kind.RESTART_UNIT, 20);
  private static final Rung PAGE = rung(Kind.PAGE, 0);
  private static final Rung STOP = rung(Kind.STOP, 2);

  private final Ward ward = new Ward();

  private void burner(int pid) {
    ward.scene.has(pid, process -> process.named("burner"));
  }

  @Test
  void killComesAfterThePatienceOfTerm() {
    burner(7);
    ward.diagnosed(7, TERM, KILL, PAGE).pass(10);
    assertThat(ward.did).containsExactly("term 7");
    ward.pass(1);
    assertThat(ward.did).containsExactly("term 7", "kill 7");
  }

  @Test
  void aProcessThatObeysTermIsNotKilled() {
    burner(7);
    ward.diagnosed(7, TERM, KILL, PAGE).pass(2).ended(7).pass(30);
    assertThat(ward.did).containsExactly("term 7");
    assertThat(ward.only().state()).isEqualTo(IncidentState.RECOVERED);
    assertThat(ward.only().closedBecause()).isEqualTo("the process ended after term");
  }

  @Test
  void aProcessThatEndsByItselfHasVanished() {
    burner(7);
    ward.verdict = new Verdict.Refused("gate", "not now", false);
    ward.diagnosed(7, TERM).pass(2).ended(7).pass(1);
    assertThat(ward.only().state()).isEqualTo(IncidentState.VANISHED);
  }

  @Test
  void aProcessThatCalmsDownByItselfHasRecovered() {
    burner(7);
    ward.verdict = new Verdict.Refused("gate", "not now", false);
    ward.diagnosed(7, TERM).pass(2).cured(7).pass(1);
    assertThat(ward.only().state()).isEqualTo(IncidentState.RECOVERED);
    assertThat(ward.only().steps()).hasSize(1);
  }

  @Test
  void anIncidentWithoutRungsLeftStaysOpenUntilTheConditionEnds() {
    burner(7);
    ward.diagnosed(7, TERM, KILL, PAGE).pass(30);
    assertThat(ward.did).containsExactly("term 7", "kill 7", "page 7");
    assertThat(ward.only().state()).isEqualTo(IncidentState.EXHAUSTED);
    ward.ended(7).pass(10);
    assertThat(ward.only().state()).isEqualTo(IncidentState.RECOVERED);
  }

  @Test
  void aRefusalForGoodGoesOnToTheNextRung() {
    burner(7);
    ward.verdict = new Verdict.Refused("supported", "no unit", true);
    ward.diagnosed(7, RESTART, PAGE).pass(3);
    assertThat(ward.only().steps().stream().map(step -> step.action().label()))
        .containsExactly("restart-unit", "page");
    assertThat(ward.only().state()).isEqualTo(IncidentState.EXHAUSTED);
  }

  @Test
  void aRefusalForNowIsRecordedOnceAndWaits() {
    burner(7);
    ward.verdict = new Verdict.Refused("cooldown", "14 s left", false);
    ward.diagnosed(7, TERM, PAGE).pass(1);
    ward.verdict = new Verdict.Refused("cooldown", "13 s left", false);
    ward.pass(5);
    assertThat(ward.only().steps()).hasSize(1);
    ward.verdict = new Verdict.Allowed();
    ward.pass(1);
    assertThat(ward.did).containsExactly("term 7");
    assertThat(ward.only().steps()).hasSize(1);
  }

  @Test
  void rehearsedRungsAdvanceAsIfDone() {
    burner(7);
    ward.verdict = new Verdict.Rehearsed("medicd observes");
    ward.diagnosed(7, TERM, KILL).pass(12);
    assertThat(ward.did).isEmpty();
    assertThat(ward.only().steps().stream().map(step -> step.action().label()))
        .containsExactly("term", "kill");
    assertThat(ward.only().steps()).allMatch(step -> step.verdict() instanceof Verdict.Rehearsed);
  }

  @Test
  void whatWasRehearsedIsDueAgainOnceMedicdMayAct() {
    burner(7);
    ward.verdict = new Verdict.Rehearsed("medicd observes");
    ward.diagnosed(7, TERM, KILL).pass(30);
    assertThat(ward.only().state()).isEqualTo(IncidentState.EXHAUSTED);
    ward.incidents.takeBackRehearsals(ward.now);
    ward.verdict = new Verdict.Allowed();
    ward.pass(12);
    assertThat(ward.did).containsExactly("term 7", "kill 7");
    assertThat(ward.only().steps()).hasSize(2);
  }

  @Test
  void killWithoutTermIsRefusedByTheLadder() {
    burner(7);
    ward.diagnosed(7, KILL, PAGE).pass(3);
    assertThat(ward.did).containsExactly("page 7");
    assertThat(ward.only().steps().get(0).verdict())
        .isEqualTo(
            new Verdict.Refused("ladder", "no TERM was sent before: it comes before KILL", true));
  }

  @Test
  void killWaitsAsLongAsTheUnitMayTakeToStop() {
    ward.scene.has(7, process -> process.named("db").unit("db.service"));
    ward.scene.unit(
        new org.medicd.fact.Unit(
            "db.service",
            "active",
            "running",
            "success",
            "simple",
            7,
            "a",
            Duration.ofSeconds(30),
            true,
            0));
    ward.diagnosed(7, TERM, KILL).pass(29);
    assertThat(ward.did).containsExactly("term 7");
    ward.pass(3);
    assertThat(ward.did).containsExactly("term 7", "kill 7");
  }

  @Test
  void aRespawnedWorkerIsTheSameIncidentAtTheNextRung() {
    ward.scene.unit("web.service", "active").has(7, p -> p.named("worker").unit("web.service"));
    ward.diagnosed(7, TERM, KILL, RESTART, PAGE).pass(2).ended(7);
    ward.scene.has(8, p -> p.named("worker").unit("web.service"));
    ward.pass(3).diagnosed(8, TERM, KILL, RESTART, PAGE).pass(1);
    assertThat(ward.did).containsExactly("term 7", "kill 8");
    ward.ended(8).scene.has(9, p -> p.named("worker").unit("web.service"));
    ward.pass(3).diagnosed(9, TERM, KILL, RESTART, PAGE).pass(1);
    assertThat(ward.did).containsExactly("term 7", "kill 8", "restart-unit 9");
    assertThat(ward.all()).hasSize(1);
  }

  @Test
  void aSuccessorAfterTheIncidentWasClosedReopensIt() {
    ward.scene.unit("web.service", "active").has(7, p -> p.named("worker").unit("web.service"));
    ward.diagnosed(7, TERM, KILL).pass(2).ended(7).pass(9);
    assertThat(ward.only().state()).isEqualTo(IncidentState.RECOVERED);
    ward.scene.has(8, p -> p.named("worker").unit("web.service"));
    ward.diagnosed(8, TERM, KILL).pass(1);
    assertThat(ward.did).containsExactly("term 7", "kill 8");
    assertThat(ward.only().state()).isEqualTo(IncidentState.TREATING);
  }

  @Test
  void aUnitThatTermLeftDownIsStartedAgainAtOnceAndOnlyThenRecovered() {
    ward.scene.unit("web.service", "active").has(7, p -> p.named("web").unit("web.service"));
    ward.diagnosed(7, TERM, KILL, RESTART, PAGE).pass(2).ended(7);
    ward.scene.unit("web.service", "inactive");
    ward.pass(1);
    assertThat(ward.did).containsExactly("term 7", "restart-unit ");
    ward.pass(30);
    assertThat(ward.only().state()).isNotEqualTo(IncidentState.RECOVERED);
    ward.scene.unit("web.service", "active");
    ward.pass(20);
    assertThat(ward.only().state()).isEqualTo(IncidentState.RECOVERED);
  }

  @Test
  void aLadderWithoutARestartIsMendedToo() {
    ward.scene.unit("web.service", "active").has(7, p -> p.named("web").unit("web.service"));
    ward.diagnosed(7, TERM, KILL).pass(2).ended(7);
    ward.scene.unit("web.service", "failed");
    ward.pass(1);
    assertThat(ward.did).containsExactly("term 7", "restart-unit ");
  }

  @Test
  void aStoppedProcessIsNotCured() {
    burner(7);
    ward.diagnosed(7, STOP, TERM, KILL).pass(1).cured(7).pass(2);
    assertThat(ward.did).containsExactly("stop 7", "term 7");
    assertThat(ward.only().state()).isEqualTo(IncidentState.TREATING);
    ward.pass(10);
    assertThat(ward.did).containsExactly("stop 7", "term 7", "kill 7");
  }

  @Test
  void moreThanThreeOfOneParentAreOneGroup() {
    IntStream.range(10, 16).forEach(pid -> ward.scene.has(pid, p -> p.named("burner").parent(5)));
    IntStream.range(10, 16).forEach(pid -> ward.diagnosed(pid, TERM, KILL));
    ward.pass(1);
    assertThat(ward.only().patient().subject()).isEqualTo(new GroupId("processes of parent 5"));
    assertThat(ward.did).containsExactly("term 10,11,12,13,14,15");
    IntStream.range(10, 15).forEach(ward::ended);
    ward.pass(10);
    assertThat(ward.did).containsExactly("term 10,11,12,13,14,15", "kill 15");
  }

  @Test
  void ofAGroupOnlyTheIllAreTreated() {
    IntStream.range(10, 16).forEach(pid -> ward.scene.has(pid, p -> p.named("burner").parent(5)));
    IntStream.range(10, 16).forEach(pid -> ward.diagnosed(pid, TERM, KILL));
    ward.pass(1);
    IntStream.range(10, 15).forEach(ward::cured);
    ward.pass(10);
    assertThat(ward.did).containsExactly("term 10,11,12,13,14,15", "kill 15");
  }

  @Test
  void orphansOfInitAreNoGroup() {
    IntStream.range(10, 16).forEach(pid -> ward.scene.has(pid, p -> p.named("burner").parent(1)));
    IntStream.range(10, 16).forEach(pid -> ward.diagnosed(pid, TERM));
    ward.pass(1);
    assertThat(ward.all()).hasSize(6);
  }

  @Test
  void aRelapseIsTheSameIncidentAtTheNextRung() {
    burner(7);
    ward.diagnosed(7, TERM, KILL).pass(2).cured(7).pass(2);
    assertThat(ward.only().state()).isEqualTo(IncidentState.RECOVERED);
    ward.diagnosed(7, TERM, KILL).pass(1);
    assertThat(ward.did).containsExactly("term 7", "kill 7");
    assertThat(ward.all()).hasSize(1);
  }

  @Test
  void approvalLetsTheRungThrough() {
    burner(7);
    ward.verdict = new Verdict.AwaitingApproval(null);
    ward.diagnosed(7, TERM, KILL).pass(30);
    assertThat(ward.only().steps()).hasSize(1);
    assertThat(ward.incidents.approve(ward.only().id(), "root")).isTrue();
    ward.verdict = new Verdict.Allowed();
    ward.pass(1);
    assertThat(ward.did).containsExactly("term 7");
    assertThat(ward.only().steps().get(0).detail()).isEqualTo("approved by root");
  }

  @Test
  void aDeniedRungIsLeftOut() {
    burner(7);
    ward.verdict = new Verdict.AwaitingApproval(null);
    ward.diagnosed(7, TERM, PAGE).pass(2);
    assertThat(ward.incidents.deny(ward.only().id(), "root", ward.only().openedAt(), ward.now))
        .isTrue();
    ward.verdict = new Verdict.Allowed();
    ward.pass(1);
    assertThat(ward.did).containsExactly("page 7");
    assertThat(ward.only().steps().get(0).verdict())
        .isEqualTo(new Verdict.Refused("approval", "root said no", true));
  }

  @Test
  void aRungThatNobodyAnswersForIsLeftOutInTheEnd() {
    burner(7);
    ward.verdict = new Verdict.AwaitingApproval(Duration.ofMinutes(15));
    ward.diagnosed(7, TERM, PAGE).pass(901);
    assertThat(ward.only().steps().get(0).verdict()).isEqualTo(ward.verdict);
    ward.pass(1);
    assertThat(ward.only().steps().get(0).verdict())
        .isEqualTo(new Verdict.Refused("approval", "nobody answered within 900 s: not done", true));
    ward.verdict = new Verdict.Allowed();
    ward.pass(1);
    assertThat(ward.did).containsExactly("page 7");
  }

  @Test
  void thoseThatShowLaterGoIntoTheGroupWhileNothingWasDoneYet() {
    IntStream.range(10, 15).forEach(pid -> ward.scene.has(pid, p -> p.named("burner").parent(5)));
    ward.outcomesCome = false;
    Rung capture = rung(Kind.CAPTURE, 0);
    ward.diagnosed(10, capture, TERM).diagnosed(11, capture, TERM).pass(1);
    IntStream.range(12, 15).forEach(pid -> ward.diagnosed(pid, capture, TERM));
    ward.pass(1);
    Incident group = ward.incidents.open().get(0);
    assertThat(ward.incidents.open()).hasSize(1);
    assertThat(group.patient().subject()).isEqualTo(new GroupId("processes of parent 5"));
    Outcome captured = new Outcome.Done("");
    ward.incidents.ended(new org.medicd.plan.Report(group.id(), 0, captured, null), ward.now);
    ward.pass(1);
    assertThat(ward.did).containsExactly("capture 10", "capture 11", "term 10,11,12,13,14");
  }

  @Test
  void noneThatShowsAfterTermIsKilledWithoutIt() {
    IntStream.range(10, 15).forEach(pid -> ward.scene.has(pid, p -> p.named("burner").parent(5)));
    IntStream.range(10, 14).forEach(pid -> ward.diagnosed(pid, TERM, KILL));
    ward.pass(5).diagnosed(14, TERM, KILL).pass(6);
    assertThat(ward.did).containsExactly("term 10,11,12,13", "term 14", "kill 10,11,12,13");
  }

  @Test
  void aFileSystemIsOneIncidentWithItsTasks() {
    FilesystemId disk = new FilesystemId("/data", "/dev/loop0");
    IntStream.range(10, 30).forEach(pid -> ward.scene.has(pid, p -> p.blocked(30, disk)));
    ward.diagnosed(disk, rung(Kind.CAPTURE, 0), PAGE).pass(3);
    assertThat(ward.only().members()).hasSize(20);
    ward.scene.gone(10);
    assertThat(ward.only().state()).isEqualTo(IncidentState.EXHAUSTED);
  }

  @Test
  void whatWasUnderWayWhenTheDaemonDiedIsInDoubtAndNotSentAgain() {
    burner(7);
    ward.outcomesCome = false;
    ward.diagnosed(7, TERM, KILL).pass(1);
    Incident journalled = ward.only();

    Ward later = new Ward();
    later.scene.has(7, process -> process.named("burner"));
    later.incidents.restore(List.of(journalled), Duration.ZERO);
    later.diagnosed(7, TERM, KILL).pass(9);
    assertThat(later.did).isEmpty();
    Step step = later.only().steps().get(0);
    assertThat(step.outcome()).isInstanceOf(Outcome.InDoubt.class);
    later.pass(2);
    assertThat(later.did).containsExactly("kill 7");
  }

  @Test
  void aRestartBeforeTheSignalDoesNotMend() {
    ward.scene.unit("web.service", "active").has(7, p -> p.named("web").unit("web.service"));
    ward.diagnosed(7, RESTART, TERM, PAGE).pass(25).ended(7);
    ward.scene.unit("web.service", "inactive");
    ward.pass(1);
    assertThat(ward.did).containsExactly("restart-unit 7", "term 7", "restart-unit ");
  }

  @Test
  void aRestoredIncidentIsNotRecoveredBeforeItsForHasRunAgain() {
    burner(7);
    ward.diagnosed(7, TERM, KILL).pass(2);
    Ward later = new Ward();
    later.scene.has(7, process -> process.named("burner"));
    later.incidents.restore(List.of(ward.only()), Duration.ZERO);
    later.pass(7);
    assertThat(later.only().state()).isEqualTo(IncidentState.TREATING);
    later.pass(2);
    assertThat(later.only().state()).isEqualTo(IncidentState.RECOVERED);
    assertThat(later.did).isEmpty();
  }

  @Test
  void aRestoredLadderGoesOnOnceTheConditionShowsAgainAndThePatienceIsOver() {
    burner(7);
    ward.diagnosed(7, TERM, KILL).pass(2);
    Ward later = new Ward();
    later.scene.has(7, process -> process.named("burner"));
    later.incidents.restore(List.of(ward.only()), Duration.ZERO);
    later.pass(4).diagnosed(7, TERM, KILL).pass(5);
    assertThat(later.did).isEmpty();
    later.pass(1);
    assertThat(later.did).containsExactly("kill 7");
  }

  @Test
  void whatTheRulesForgotIsNotTakenToBeGone() {
    burner(7);
    ward.diagnosed(7, TERM, KILL).pass(2);
    ward.rulesBeginAnew = true;
    ward.cured(7).pass(6).diagnosed(7, TERM, KILL).pass(3);
    assertThat(ward.did).containsExactly("term 7", "kill 7");
  }

  @Test
  void aFailedRungMakesTheNextDueAtOnce() {
    ward.scene.unit("web.service", "active").has(7, p -> p.named("web").unit("web.service"));
    ward.outcomesCome = false;
    ward.diagnosed(7, RESTART, PAGE).pass(1);
    ward.incidents.ended(
        new org.medicd.plan.Report(ward.only().id(), 0, new Outcome.Failed("job failed"), null),
        ward.now);
    ward.outcomesCome = true;
    ward.pass(1);
    assertThat(ward.did).containsExactly("restart-unit 7", "page 7");
  }

  @Test
  void whatCannotBeSeenIsWaitedForAsLongAsItsRungAndThenPaged() {
    burner(7);
    ward.verdict = new Verdict.Refused("freshness", "the state of web.service is not known", false);
    ward.diagnosed(7, RESTART, PAGE).pass(20);
    assertThat(ward.only().next()).isZero();
    ward.pass(2);
    assertThat(ward.only().steps().get(0).verdict())
        .isEqualTo(
            new Verdict.Refused(
                "freshness",
                "the state of web.service is not known; not waited for any longer",
                true));
    ward.verdict = new Verdict.Allowed();
    ward.pass(1);
    assertThat(ward.did).containsExactly("page 7");
  }

  @Test
  void whatTheHostDoesNotSufferFromIsWaitedForWithoutEnd() {
    burner(7);
    ward.verdict = new Verdict.Refused("gate", "the host does not suffer", false);
    ward.diagnosed(7, RESTART, PAGE).pass(200);
    assertThat(ward.only().next()).isZero();
  }

  @Test
  void aFilesystemRecoversWhenThoseThatWaitedForItEnd() {
    FilesystemId disk = new FilesystemId("/data", "/dev/sdb");
    ward.scene.has(7, process -> process.named("dd").blocked(9, disk));
    ward.diagnosed(disk, PAGE).pass(2);
    ward.scene.gone(7);
    ward.cured(disk).pass(2);
    assertThat(ward.only().state()).isEqualTo(IncidentState.RECOVERED);
  }

  @Test
  void aUnitThatAPersonStopsAfterAllStaysStopped() {
    ward.scene.unit("web.service", "active").has(7, p -> p.named("web").unit("web.service"));
    ward.diagnosed(7, TERM, PAGE).pass(1);
    ward.ended(7).pass(1);
    ward.scene.has(8, p -> p.named("web").unit("web.service"));
    ward.diagnosed(8, TERM, PAGE).pass(3);
    assertThat(ward.did).containsExactly("term 7", "page 8");
    ward.scene.unit("web.service", "inactive");
    ward.ended(8).pass(30);
    assertThat(ward.did).containsExactly("term 7", "page 8");
    assertThat(ward.only().state()).isEqualTo(IncidentState.VANISHED);
  }
}

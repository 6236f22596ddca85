package org.medicd.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.incident.Ward.rung;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medicd.fact.ProcState;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Scene;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Rung;
import org.medicd.plan.Verdict;

/** Rungs that reach a process with all its descendants. */
class FamilyRungsTest {
  private static final Rung TERM_FAMILY = rung(Kind.TERM_FAMILY, 10);
  private static final Rung KILL_FAMILY = rung(Kind.KILL_FAMILY, 5);
  private static final Rung TERM = rung(Kind.TERM, 10);
  private static final Rung PAGE = rung(Kind.PAGE, 0);

  private final Ward ward = new Ward();

  /** 7 has the children 8 and 9, 9 has 10; 20 is nobody's. */
  private void family() {
    ward.scene
        .has(7, process -> process.parent(1))
        .has(8, process -> process.parent(7))
        .has(9, process -> process.parent(7))
        .has(10, process -> process.parent(9))
        .has(20, process -> process.parent(1));
  }

  @Test
  void theLeavesComeFirst() {
    family();
    ward.diagnosed(7, TERM_FAMILY, PAGE).pass(1);
    assertThat(ward.did).containsExactly("term-family 10,8,9,7");
  }

  @Test
  void whoSeemsToBeItsOwnAncestorIsReachedOnce() {
    Scene circle = new Scene().has(7, p -> p.parent(8)).has(8, p -> p.parent(7));
    assertThat(Families.leafFirst(ids(7), circle.after(Duration.ZERO)))
        .containsExactlyInAnyOrder(id(7), id(8));
  }

  @Test
  void aMemberOfTheFamilyThatIsNamedTooIsReachedOnceAndBeforeItsParent() {
    family();
    assertThat(Families.leafFirst(ids(9, 7, 10), ward.scene.after(Duration.ZERO)))
        .containsExactly(id(10), id(8), id(9), id(7));
  }

  @Test
  void whoHasEndedIsNotReached() {
    family();
    ward.scene.has(9, process -> process.parent(7).state(ProcState.ZOMBIE));
    ward.diagnosed(7, TERM_FAMILY).pass(1);
    assertThat(ward.did).containsExactly("term-family 8,7");
  }

  @Test
  void itIsNotOverBeforeTheWholeFamilyHasEnded() {
    family();
    ward.diagnosed(7, TERM_FAMILY, KILL_FAMILY, PAGE).pass(1);
    ward.scene.gone(8).gone(10).has(9, process -> process.parent(1));
    ward.ended(7).pass(9);
    assertThat(ward.only().state()).isEqualTo(IncidentState.TREATING);
    ward.pass(2);
    assertThat(ward.did).containsExactly("term-family 10,8,9,7", "kill-family 9");
    ward.scene.gone(9);
    ward.pass(10);
    assertThat(ward.only().state()).isEqualTo(IncidentState.RECOVERED);
    assertThat(ward.only().closedBecause()).isEqualTo("the process ended after kill-family");
  }

  @Test
  void whoOutlivesItsParentWithoutHavingBeenReachedIsLeftAlone() {
    family();
    ward.diagnosed(7, TERM, PAGE).pass(1);
    ward.ended(7).pass(20);
    assertThat(ward.did).containsExactly("term 7");
    assertThat(ward.only().state()).isEqualTo(IncidentState.RECOVERED);
  }

  @Test
  void aFamilyThatWasNotLetThroughIsNotWaitedFor() {
    family();
    ward.verdict = new Verdict.Refused("protected", "pid 8 is an sshd", true);
    ward.diagnosed(7, TERM_FAMILY, PAGE).pass(2);
    ward.ended(7).pass(2);
    assertThat(ward.only().state()).isEqualTo(IncidentState.VANISHED);
  }

  @Test
  void noFamilyIsKilledToWhichNoTermWasSent() {
    family();
    ward.diagnosed(7, TERM, KILL_FAMILY, PAGE).pass(30);
    assertThat(ward.did).containsExactly("term 7", "page 7");
    assertThat(ward.only().steps().get(1).verdict()).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void aSingleProcessMayBeKilledAfterItsFamilyWasSentTerm() {
    family();
    ward.diagnosed(7, TERM_FAMILY, rung(Kind.KILL, 5)).pass(15);
    assertThat(ward.did).hasSize(2).last().asString().startsWith("kill 7");
  }

  private static ProcessId id(int pid) {
    return new ProcessId(pid, 1000);
  }

  private static List<ProcessId> ids(int... pids) {
    return Arrays.stream(pids).mapToObj(FamilyRungsTest::id).toList();
  }
}

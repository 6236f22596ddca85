package org.medicd.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.incident.Ward.rung;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.medicd.fact.Unit;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Verdict;

class ForesightTest {
  private final Ward ward = new Ward();

  private static Unit web(String state, Unit.Ties ties) {
    return new Unit("web.service", state, "", "success", "simple", null, "id-1", null, true, 0)
        .tied(ties);
  }

  /** What is written down with that rung as it is taken. */
  private @Nullable String of(Kind kind, Unit.Ties ties) {
    ward.scene.unit(web("active", ties)).has(7, p -> p.named("web").unit("web.service"));
    ward.diagnosed(7, rung(kind, 10)).pass(1);
    return ward.only().steps().get(0).detail();
  }

  private static final Unit.Ties SOME =
      new Unit.Ties(
          List.of("page.service"),
          List.of("batch.service", "page.service"),
          List.of("old.service"));

  @Test
  void aRestartNamesWhatIsRestartedWithIt() {
    assertThat(of(Kind.RESTART_UNIT, SOME))
        .isEqualTo(
            "restarted with it: page.service; stopped for it: old.service; web.service was active,"
                + " invocation id-1");
  }

  @Test
  void aStopNamesWhatIsStoppedWithIt() {
    assertThat(of(Kind.STOP_UNIT, SOME)).isEqualTo("stopped with it: batch.service, page.service");
  }

  @Test
  void aStartNamesWhatIsStoppedForIt() {
    assertThat(of(Kind.START_UNIT, SOME)).isEqualTo("stopped for it: old.service");
  }

  @Test
  void whereNothingGoesWithItNothingIsSaid() {
    assertThat(of(Kind.RESTART_UNIT, Unit.Ties.NONE))
        .isEqualTo("web.service was active, invocation id-1");
  }

  @Test
  void aSignalSaysNothingOfUnits() {
    assertThat(of(Kind.TERM, SOME)).isNull();
  }

  @Test
  void veryManyAreCounted() {
    List<String> many = new ArrayList<>();
    for (int i = 10; i < 35; i++) {
      many.add("u" + i);
    }
    assertThat(of(Kind.STOP_UNIT, new Unit.Ties(many, many, List.of())))
        .endsWith("u18, u19 and 15 more");
  }

  @Test
  void itIsKnownBeforeAPersonIsAsked() {
    ward.verdict = new Verdict.AwaitingApproval(Duration.ofMinutes(5));
    assertThat(of(Kind.STOP_UNIT, SOME)).startsWith("stopped with it: batch.service");
    assertThat(ward.did).isEmpty();
  }
}

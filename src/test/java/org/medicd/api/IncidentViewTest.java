package org.medicd.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medicd.fact.GroupId;
import org.medicd.fact.UnitId;
import org.medicd.plan.Action;
import org.medicd.plan.Outcome;
import org.medicd.plan.Patient;
import org.medicd.plan.Step;
import org.medicd.plan.Verdict;
import org.medicd.record.Json;
import org.medicd.record.SampleIncident;

class IncidentViewTest {
  @Test
  void isExactlyTheContract() {
    IncidentView view =
        IncidentView.of(
            SampleIncident.treating(
                "2026-1", SampleIncident.termDone(), SampleIncident.killRefused("14 s left")));

    assertThat(Json.write(view))
        .isEqualTo(
            "{\"id\":\"2026-1\",\"diagnosis\":\"cpu-runaway\",\"rule\":\"diagnosis: cpu runaway\","
                + "\"severity\":\"warning\",\"state\":\"treating\",\"subject\":{\"kind\":\"process\","
                + "\"pid\":17,\"startTicks\":4711,\"comm\":\"burn\\ner) \\u2028\\\"\","
                + "\"unit\":\"burner.service\",\"name\":null},\"openedAt\":\"2026-03-01T10:00:00Z\","
                + "\"closedAt\":null,\"because\":[\"99.8 % of one core over 10 s\"],\"rungs\":["
                + "{\"action\":\"term\",\"verdict\":{\"is\":\"allowed\",\"guard\":null,"
                + "\"reason\":null},\"outcome\":{\"is\":\"done\",\"reason\":\"sent\"},"
                + "\"at\":\"2026-03-01T10:01:00Z\",\"detail\":\"to pid 17\"},"
                + "{\"action\":\"kill\",\"verdict\":{\"is\":\"refused\",\"guard\":\"cooldown\","
                + "\"reason\":\"14 s left\"},\"outcome\":null,\"at\":\"2026-03-01T10:01:10Z\","
                + "\"detail\":null}],\"evidence\":[\"evidence/1\"],"
                + "\"holds\":[\"pid 17 is stopped\",\"burner.service is frozen\","
                + "\"burner.service has less CPUQuota\"]}");
  }

  @Test
  void namesSubjectsThatAreNoProcess() {
    assertThat(
            IncidentView.SubjectView.of(
                new Patient(new GroupId("12 children of make"), null, null, null, null, null)))
        .isEqualTo(
            new IncidentView.SubjectView("group", null, null, null, null, "12 children of make"));
    assertThat(
            IncidentView.SubjectView.of(
                new Patient(new UnitId("a.service"), null, null, null, null, null)))
        .isEqualTo(
            new IncidentView.SubjectView("unit", null, null, null, "a.service", "unit a.service"));
  }

  @Test
  void tagsEachVerdictAndOutcome() {
    List<Verdict> verdicts =
        List.of(
            new Verdict.Allowed(),
            new Verdict.Refused("scope", "not in it", true),
            new Verdict.AwaitingApproval(null),
            new Verdict.Rehearsed("observe"));
    List<Outcome> outcomes =
        List.of(
            new Outcome.Done(""),
            new Outcome.Vanished("w"),
            new Outcome.Failed("w"),
            new Outcome.TimedOut("w"),
            new Outcome.InDoubt("w"));

    assertThat(verdicts.stream().map(v -> rung(v, null).verdict().is()))
        .containsExactly("allowed", "refused", "awaiting-approval", "rehearsed");
    assertThat(
            outcomes.stream()
                .map(o -> rung(new Verdict.Allowed(), o).outcome())
                .flatMap(Stream::ofNullable)
                .map(RungView.OutcomeView::is))
        .containsExactly("done", "vanished", "failed", "timed-out", "in-doubt");
  }

  private static RungView rung(
      Verdict verdict, @org.jspecify.annotations.Nullable Outcome outcome) {
    return RungView.of(
        new Step(
            new Action(Action.Kind.SIGNAL, "HUP"), verdict, outcome, SampleIncident.OPENED, null));
  }
}

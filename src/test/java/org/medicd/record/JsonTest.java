package org.medicd.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medicd.fact.AspectReport;
import org.medicd.fact.DeviceId;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.Gap;
import org.medicd.fact.GroupId;
import org.medicd.fact.Host;
import org.medicd.fact.HostId;
import org.medicd.fact.Lineage;
import org.medicd.fact.Pressure;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.fact.ProcessMaker;
import org.medicd.fact.Snapshot;
import org.medicd.fact.Subject;
import org.medicd.fact.Unit;
import org.medicd.fact.UnitId;
import org.medicd.plan.Action;
import org.medicd.plan.Diagnosis;
import org.medicd.plan.Finding;
import org.medicd.plan.Incident;
import org.medicd.plan.Intent;
import org.medicd.plan.Mode;
import org.medicd.plan.Outcome;
import org.medicd.plan.Severity;
import org.medicd.plan.Symptom;
import org.medicd.plan.Verdict;

class JsonTest {
  private static final ProcessId PROCESS = new ProcessId(17, 4_711);

  static Stream<Subject> subjects() {
    return Stream.of(
        PROCESS,
        new UnitId("nginx.service"),
        new HostId(),
        new FilesystemId("/data", "server:/export"),
        new DeviceId("sda"),
        new GroupId("12 children of make"));
  }

  static Stream<Verdict> verdicts() {
    return Stream.of(
        new Verdict.Allowed(),
        new Verdict.Refused("cooldown", "14 s left", false),
        new Verdict.AwaitingApproval(null),
        new Verdict.Rehearsed("mode is observe"));
  }

  static Stream<Outcome> outcomes() {
    return Stream.of(
        new Outcome.Done("sent"),
        new Outcome.Vanished("it ended"),
        new Outcome.Failed("EPERM"),
        new Outcome.TimedOut("30 s"),
        new Outcome.InDoubt("restarted in between"));
  }

  static Stream<Object> records() {
    Proc unknown = new ProcessMaker(17).named("a\"b\\\u0001\u00e9").executable(null).make();
    Proc known =
        new ProcessMaker(17)
            .unit("a.service")
            .leadsSession()
            .cpu(1e-9)
            .growth(-5.5, 1L << 40)
            .blocked(1.25, new FilesystemId("/m", "s"))
            .make();
    Host host =
        new Host(
            2,
            1.5,
            null,
            null,
            null,
            24L << 30,
            null,
            null,
            0L,
            0L,
            0.1,
            0.2,
            0.3,
            1,
            2,
            3,
            null,
            null,
            Host.Cpu.UNKNOWN,
            Host.Memory.UNKNOWN,
            Host.Paging.UNKNOWN,
            Host.Tasks.UNKNOWN,
            Host.Files.UNKNOWN);
    Pressure pressure = new Pressure("cpu", new Pressure.Stall(1.0, 2.0, 3.0, 4), null);
    Unit unit = new Unit("a", "active", "running", "success", null, null, "", null, true, 0);
    Gap gap = new Gap("proc/stat", "pid 17", "gone");
    return Stream.of(
        unknown,
        known,
        host,
        pressure,
        unit,
        gap,
        new Lineage("unit a", "/x"),
        new Snapshot(
            Instant.EPOCH.plusNanos(1),
            Duration.ofMillis(1_001),
            host,
            Map.of(17, known),
            List.of(17),
            Map.of("a", unit),
            List.of(pressure, unit),
            List.of(new AspectReport("pressure", Duration.ofMillis(2), 1, null)),
            List.of(gap)),
        new Symptom("cpu-hot", PROCESS),
        new Diagnosis("cpu-runaway", new HostId()),
        new Finding(
            new Diagnosis("d", PROCESS),
            "rule",
            Severity.INFO,
            Mode.SHADOW,
            Duration.ZERO,
            List.of(),
            null),
        new Intent(
            "1",
            "d",
            "rule",
            Mode.APPROVE,
            2,
            new Action(Action.Kind.SIGNAL, "HUP"),
            SampleIncident.opened("1").patient(),
            List.of(PROCESS),
            null,
            true,
            false,
            false,
            false),
        SampleIncident.opened("1"),
        SampleIncident.recovered("1", Instant.EPOCH, SampleIncident.termDone()));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void readsBackEachSubjectByItsKind(Subject subject) {
    String json = Json.write(subject);

    assertThat(json).startsWith("{\"is\":\"" + subject.kind() + "\"");
    assertThat(Json.read(json, Subject.class)).isEqualTo(subject);
  }

  @ParameterizedTest
  @MethodSource("verdicts")
  void readsBackEachVerdict(Verdict verdict) {
    assertThat(Json.read(Json.write(verdict), Verdict.class)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void readsBackEachOutcome(Outcome outcome) {
    assertThat(Json.read(Json.write(outcome), Outcome.class)).isEqualTo(outcome);
  }

  @ParameterizedTest
  @MethodSource("records")
  void readsBackEachRecord(Object value) {
    String json = Json.write(value);

    assertThat(json).doesNotContain("\n");
    assertThat(Json.read(json, value.getClass())).isEqualTo(value);
  }

  @Test
  void coversEveryMemberOfTheSealedFamilies() {
    assertThat(subjects().map(Object::getClass))
        .hasSize(Subject.class.getPermittedSubclasses().length);
    assertThat(verdicts().map(Object::getClass))
        .hasSize(Verdict.class.getPermittedSubclasses().length);
    assertThat(outcomes().map(Object::getClass))
        .hasSize(Outcome.class.getPermittedSubclasses().length);
  }

  @Test
  void tagsVerdictsAndOutcomesAsTheContractHasThem() {
    assertThat(verdicts().map(v -> Tag.of(v.getClass())))
        .containsExactly("allowed", "refused", "awaiting-approval", "rehearsed");
    assertThat(outcomes().map(o -> Tag.of(o.getClass())))
        .containsExactly("done", "vanished", "failed", "timed-out", "in-doubt");
    assertThat(Arrays.stream(Action.Kind.values()).map(Tag::of)).contains("restart-unit");
  }

  @Test
  void writesTimesNullsAndEnumsReadably() {
    assertThat(Json.write(SampleIncident.opened("1")))
        .contains("\"openedAt\":\"2026-03-01T10:00:00Z\"")
        .contains("\"closedAt\":null")
        .contains("\"lasted\":\"PT1M\"")
        .contains("\"severity\":\"warning\"")
        .contains("\"mode\":\"act\"");
  }

  @Test
  void refusesARecordWithAComponentMissing() {
    assertThatThrownBy(() -> Json.read("{\"is\":\"process\",\"pid\":17}", Subject.class))
        .isInstanceOf(JsonParseException.class)
        .hasMessageContaining("startTicks");
  }

  @Test
  void refusesAnUnknownMemberAndAnUnknownConstant() {
    assertThatThrownBy(() -> Json.read("{\"is\":\"planet\"}", Subject.class))
        .hasMessageContaining("planet");
    assertThatThrownBy(() -> Json.read("\"mild\"", Severity.class)).hasMessageContaining("mild");
  }

  @Test
  void passesOverWhatANewerVersionAdded() {
    assertThat(
            Json.read(
                "{\"is\":\"process\",\"pid\":17,\"startTicks\":4711,\"x\":[{}]}", Subject.class))
        .isEqualTo(PROCESS);
  }

  @Test
  void readsListsOfSubjectsAndIncidents() {
    List<Incident> incidents = List.of(SampleIncident.opened("1"), SampleIncident.opened("2"));

    assertThat(Json.readList(Json.write(incidents), Incident.class)).isEqualTo(incidents);
    assertThat(Json.readList(Json.write(subjects().toList()), Subject.class))
        .isEqualTo(subjects().toList());
  }
}

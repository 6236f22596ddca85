package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.config.ConfigReader;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Mention;
import org.medicd.plan.Mode;
import org.medicd.plan.Notice;
import org.medicd.plan.Severity;
import org.medicd.plan.Step;
import org.medicd.plan.Verdict;
import org.medicd.record.Journal;

@Tag("once")
class PipelineTest {
  @TempDir Path folder;
  private Pipeline pipeline;

  @BeforeEach
  void make() {
    pipeline = new Pipeline(folder);
  }

  @AfterEach
  void close() throws Exception {
    pipeline.close();
  }

  @Test
  void aRunawayIsTreatedRungByRungAndTheJournalKnowsIt() throws Exception {
    pipeline.begin(Mode.ACT);
    pipeline.burn(90);
    assertThat(pipeline.only().diagnosis()).isEqualTo("cpu-runaway");
    assertThat(pipeline.acted.subList(0, 3))
        .containsExactly("capture [pid 4242]", "term [pid 4242]", "kill [pid 4242]");
    pipeline.proc.remove(String.valueOf(Pipeline.BURNER));
    pipeline.pass();
    pipeline.pass();
    Journal.Restored kept = Journal.restore(folder.resolve("run"), "boot");
    assertThat(kept.incidents()).hasSize(1);
    assertThat(kept.incidents().get(0).state()).isEqualTo(IncidentState.RECOVERED);
  }

  @Test
  void allThatHappensIsToldOnce() throws Exception {
    pipeline.begin(Mode.ACT);
    pipeline.burn(90);
    pipeline.proc.remove(String.valueOf(Pipeline.BURNER));
    pipeline.pass();
    pipeline.pass();
    assertThat(pipeline.told)
        .extracting(each -> each.happening().kind() + " " + each.happening().number())
        .startsWith("OPENED -1", "VERDICT 0", "OUTCOME 0", "VERDICT 1", "OUTCOME 1", "VERDICT 2")
        .endsWith("CLOSED -1")
        .doesNotHaveDuplicates();
  }

  @Test
  void whatIsSilencedIsToldAllTheSame() throws Exception {
    pipeline.begin(Mode.OBSERVE);
    pipeline.stages.orders().silence(List.of("cpu-runaway"), Duration.ofDays(1), "root", null);
    pipeline.burn(160);
    assertThat(pipeline.told)
        .hasSizeGreaterThan(1)
        .allMatch(each -> each.told().equals("silenced"));
  }

  @Test
  void inObserveModeTheLadderIsOnlyRehearsed() throws Exception {
    pipeline.begin(Mode.OBSERVE);
    pipeline.burn(160);
    assertThat(pipeline.acted).containsExactly("page [pid 4242]");
    assertThat(pipeline.only().steps())
        .filteredOn(step -> step.action().kind() != Kind.PAGE)
        .extracting(Step::verdict)
        .hasAtLeastOneElementOfType(Verdict.Rehearsed.class)
        .doesNotHaveAnyElementsOfTypes(Verdict.Allowed.class);
    assertThat(pipeline.only().state()).isEqualTo(IncidentState.EXHAUSTED);
  }

  @Test
  void theBreakerIsToldOfOnceWhenItOpensAndOnceWhenItCloses() throws Exception {
    pipeline.begin(ConfigReader.parse("", "mode: act\nbudget: { per-host: 0/2m }\n").settings());
    pipeline.burn(150);
    assertThat(pipeline.acted).containsExactly("capture [pid 4242]");
    assertThat(pipeline.recorder.recent())
        .extracting(Incident::diagnosis)
        .containsExactlyInAnyOrder("cpu-runaway", "breaker-open");
    for (int i = 0; i < 60; i++) {
      pipeline.idle();
    }
    assertThat(pipeline.recorder.recent())
        .extracting(Incident::diagnosis)
        .containsExactlyInAnyOrder("cpu-runaway", "breaker-open", "breaker-closed");
    assertThat(told("breaker-open")).containsExactly(Notice.Kind.PAGED);
    assertThat(told("breaker-closed")).containsExactly(Notice.Kind.CLOSED);
  }

  private List<Notice.Kind> told(String diagnosis) throws IOException {
    String id = incident(diagnosis).id();
    return Journal.restore(folder.resolve("run"), "boot").beside().values().stream()
        .flatMap(each -> each.told().stream())
        .filter(each -> each.id().equals(id + ".0"))
        .map(Mention::kind)
        .toList();
  }

  @Test
  void aMaintenanceWindowIsToldOfOnceAndWhatWaitedForItsEndGoesOn() throws Exception {
    String yaml =
        """
        mode: act
        maintenance:
          - { name: patches, calendar: "2026-01-01 00:01 UTC", for: 2m, match: [cpu-runaway] }
        """;
    pipeline.begin(ConfigReader.parse("", yaml).settings());
    pipeline.burn(50);
    assertThat(pipeline.recorder.recent()).isEmpty();
    pipeline.burn(110);
    assertThat(pipeline.acted).isEmpty();
    assertThat(pipeline.recorder.recent())
        .extracting(Incident::diagnosis, Incident::severity, Incident::because)
        .contains(
            tuple(
                "maintenance-begun",
                Severity.INFO,
                List.of(
                    "maintenance window \"patches\" until 2026-01-01T00:03:00Z, for"
                        + " cpu-runaway")))
        .hasSize(2);
    assertThat(incident("cpu-runaway").steps())
        .extracting(step -> step.verdict().words())
        .containsExactly(
            "refused by maintenance: maintenance window \"patches\" until 2026-01-01T00:03:00Z: it"
                + " only observes");
    pipeline.burn(30);
    assertThat(pipeline.acted.subList(0, 2))
        .containsExactly("capture [pid 4242]", "term [pid 4242]");
    assertThat(pipeline.recorder.recent())
        .extracting(Incident::diagnosis)
        .containsExactlyInAnyOrder("cpu-runaway", "maintenance-begun", "maintenance-ended");
    assertThat(told("maintenance-begun")).containsExactly(Notice.Kind.CLOSED);
  }

  private Incident incident(String diagnosis) {
    return pipeline.recorder.recent().stream()
        .filter(each -> each.diagnosis().equals(diagnosis))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anIdleHostHasNoIncidents() throws Exception {
    pipeline.begin(Mode.ACT);
    pipeline.proc.process(Pipeline.BURNER).comm("idle").put();
    for (int i = 0; i < 120; i++) {
      pipeline.pass();
    }
    assertThat(pipeline.recorder.recent()).isEmpty();
  }
}

package org.medicd.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medicd.config.Limits;
import org.medicd.config.Problem;
import org.medicd.config.Settings;
import org.medicd.rule.RulePack;

/** What scenarios say to those who write them. */
class ScenarioTest {
  private static RulePack pack;

  @TempDir Path folder;

  @BeforeAll
  static void compile() {
    RulePack.Compiled compiled = RulePack.compile(List.of(Path.of("rules")), Limits.defaults());
    pack = Objects.requireNonNull(compiled.pack());
  }

  private Scenarios read(String text) throws IOException {
    Files.writeString(folder.resolve("s.yaml"), text);
    return Scenarios.below(folder, Settings.defaults());
  }

  private List<String> failures(String text) throws IOException {
    Scenarios read = read(text);
    assertThat(read.problems()).isEmpty();
    return read.all().stream()
        .flatMap(scenario -> ScenarioRun.of(scenario, pack).stream())
        .flatMap(failure -> failure.words().stream())
        .toList();
  }

  @Test
  void theExampleOfTheManualHolds() throws IOException {
    assertThat(
            failures(
                """
                nginx runs away:
                  facts:
                    at 0s: { host: { cpu: 95 } }
                    at 10s: { proc nginx: { cpu: 97 } }
                  expect:
                    by 75s: diagnosis cpu-runaway on nginx
                    rungs: term, kill
                    never: restart-unit
                """))
        .isEmpty();
  }

  @Test
  void whatGoesWithAUnitAndMaintenanceWindowsAreTriedToo() throws IOException {
    assertThat(
            failures(
                """
                the store is needed by a protected database:
                  config: { protect: { units: [db.service] } }
                  facts:
                    at 0s:
                      host: { cpu: 95 }
                      proc store: { cpu: 97, unit: store.service }
                      unit store.service: { ties: { stopsToo: "page.service, db.service" } }
                  expect:
                    by 75s: term refused by protected
                    never: term
                nobody needs the store:
                  config: { protect: { units: [db.service] } }
                  facts:
                    at 0s: { host: { cpu: 95 }, proc store: { cpu: 97, unit: store.service } }
                  expect: { by 75s: term }
                people work on it:
                  config:
                    maintenance: [ { name: x, calendar: 2026-01-01 00:00, for: 90s, match: [store] } ]
                  facts:
                    at 0s: { host: { cpu: 95 }, proc store: { cpu: 97 } }
                  expect:
                    by 75s: capture refused by maintenance
                    not before 90s: term
                    by 2m: term
                """))
        .isEmpty();
  }

  @Test
  void whatKeptADiagnosisFromHappeningIsTold() throws IOException {
    assertThat(
            failures(
                """
                too little:
                  facts:
                    at 10s: { proc nginx: { cpu: 85 }, proc other: { cpu: 10 } }
                    at 20s: { proc nginx: { cpu: 88.5 } }
                  expect:
                    by 75s: diagnosis cpu-runaway on nginx
                  lasts: 2m
                """))
        .containsExactly(
            "expected  by 1m15s: diagnosis cpu-runaway on nginx",
            "happened  it never happened",
            "because   rule \"symptom: a process demands a core\": of nginx demandAvg10 is 88.5,"
                + " wanted is >= 90 (limit cpu-runaway.cpu-percent) (from 20s to 2m)");
  }

  @Test
  void aSymptomThatDidNotLastIsTold() throws IOException {
    assertThat(
            failures(
                """
                too short:
                  facts:
                    at 10s: { proc nginx: { cpu: 95 } }
                    at 50s: { proc nginx: { cpu: 5 } }
                  expect: { by 75s: diagnosis cpu-runaway on nginx }
                """))
        .contains(
            "because   there was the symptom cpu-hot on nginx from 10s to 50s",
            "because   it must last 1m (limit cpu-runaway.for)");
  }

  @Test
  void whatIsUnknownIsToldAsThat() throws IOException {
    assertThat(
            failures(
                """
                unknown:
                  facts: { at 0s: { proc nginx: { cpuPercent: 100 } } }
                  expect: { by 75s: symptom cpu-hot on nginx }
                """))
        .anyMatch(line -> line.contains("demandAvg10 is unknown"));
  }

  @Test
  void theGuardThatHeldARungBackIsTold() throws IOException {
    assertThat(
            failures(
                """
                protected:
                  config: { protect: { processes: [nginx] } }
                  facts: { at 0s: { host: { cpu: 95 }, proc nginx: { cpu: 97 } } }
                  expect: { rungs: "capture, term" }
                """))
        .anyMatch(line -> line.contains("capture refused by protected on nginx"));
  }

  @Test
  void whatShouldNotHaveHappenedIsToldWithItsReason() throws IOException {
    assertThat(
            failures(
                """
                never:
                  facts: { at 0s: { filesystem /var: { usedPercent: 99 } } }
                  expect: { never: diagnosis }
                """))
        .containsExactly(
            "expected  never: diagnosis of any name",
            "happened  it happened from 10s on: disk-full (file system /var (/dev/of-var)) for 10s:"
                + " usedPercent 99 >= 95 (limit disk-full.raise-percent)");
  }

  @Test
  void aNameThatNoRuleKnowsIsNoProof() throws IOException {
    assertThat(
            failures(
                """
                typo:
                  facts: { at 0s: { host: { cpu: 1 } } }
                  expect: { never: diagnosis cpu-runawy }
                """))
        .contains(
            "happened  no rule concludes the diagnosis 'cpu-runawy', did you mean 'cpu-runaway'?");
  }

  @Test
  void aSuccessorIsAnotherProcess() throws IOException {
    assertThat(
            failures(
                """
                respawned:
                  facts:
                    at 0s: { host: { cpu: 95 }, proc worker: { cpu: 99, unit: w.service } }
                    after term: { proc worker: gone }
                    at 65s: { proc worker: { cpu: 99, unit: w.service } }
                  expect:
                    rungs: term, kill, restart-unit
                """))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "facts: { at 10: {} } | '10' lacks its unit",
        "facts: { at noon: {} } | is not a duration",
        "facts: { sometimes: {} } | is no time: write 'at 10s' or 'after term'",
        "facts: { after trem: {} } | 'trem' is no action, did you mean 'term'?",
        "facts: { at 0s: { prok x: {} } } | 'prok' is none of the facts",
        "facts: { at 0s: { proc: {} } } | Proc needs a name",
        "facts: { at 0s: { host web: {} } } | there is one host only",
        "facts: { at 0s: { proc x: { cpuAvg11: 1 } } } | no field 'cpuAvg11', did you mean 'cpuAvg10'?",
        "facts: { at 0s: { proc x: { io: { readBytes: 1 } } } } | Io has no field 'readBytes'",
        "facts: { at 0s: { proc x: { cpu: lots } } } | 'lots' is not a size",
        "facts: { at 0s: { proc x: { exempt: maybe } } } | neither true nor false",
        "facts: { at 0s: { proc x: { state: asleep } } } | 'asleep' is none of: running, sleeping",
        "facts: { at 0s: { proc x: { threads: unknown } } } | threads is always known",
        "facts: { at 0s: { proc x: away } } | give the fields in braces",
        "facts: { at 0s: { pressure disk: {} } } | none of cpu, memory, io",
        "facts: { at 0s: { kernelevent OOM: {} } } | none of the kernel's events",
        "expect: { eventually: term } | is no expectation",
        "expect: { by 5s: something nice happens } | is nothing that can happen",
        "expect: { by 5s: explode } | 'explode' is no action",
        "config: { mode: panic } | is not one of observe, approve, act",
        "fakts: {} | unknown key",
        "lasts: 99d | is too long",
      })
  void whatCannotBeUnderstoodIsNamed(String line, String expected) throws IOException {
    String expect = line.startsWith("expect") ? "" : "  expect: { never: term }\n";
    List<Problem> problems = read("a:\n  " + line + "\n" + expect).problems();
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).toString()).contains(expected).contains("s.yaml:2");
  }

  @Test
  void aProcessThatIsNotThereIsNamed() throws IOException {
    assertThat(
            failures(
                """
                lost:
                  facts: { at 0s: { proc x: { parent: y } } }
                  expect: { never: diagnosis }
                """))
        .contains("happened  no process goes by the name 'y' yet: say 'proc y' first");
  }

  @Test
  void aScenarioThatExpectsNothingIsNone() throws IOException {
    assertThat(read("a:\n  facts: {}\n").problems()).hasSize(1);
    assertThat(read("").problems()).hasSize(1);
  }
}

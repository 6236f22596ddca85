package org.medicd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medicd.plan.Mode;

class MedicUsageTest {
  private final FakeTerminal terminal = new FakeTerminal();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "status --nonsense",
        "why",
        "why x",
        "alert",
        "alert test",
        "show",
        "run --mode shadow",
        "show 1 2"
      })
  void wrongUsageIsTwo(String arguments) {
    String[] split = arguments.isEmpty() ? new String[0] : arguments.split(" ");

    assertThat(terminal.medic(false, split)).isEqualTo(2);
    assertThat(terminal.err.toString()).containsAnyOf("Usage: medic", "Did you mean: medic");
    assertThat(terminal.started).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version", "run --help", "incidents --help"})
  void helpIsGood(String arguments) {
    assertThat(terminal.medic(false, arguments.split(" "))).isZero();
    assertThat(terminal.out.toString()).contains("medic");
  }

  @Test
  void checkPrintsAllProblemsAndIsOne() {
    terminal.problems.add("medicd.yaml:3: unknown key 'colldown', did you mean 'cooldown'?");

    assertThat(terminal.medic(false, "check", "--rules", "a", "--rules", "b")).isEqualTo(1);

    assertThat(terminal.out.toString().lines())
        .containsExactly(terminal.problems.get(0), "a: no rules", "b: no rules");
    assertThat(terminal.err).hasToString("3 problems\n");
  }

  @Test
  void checkWithoutProblemsIsGood() {
    assertThat(terminal.medic(false, "check")).isZero();
    assertThat(terminal.out).hasToString("no problems\n");
  }

  @Test
  void runHandsOverWhatItWasGiven() {
    int status =
        terminal.medic(
            false,
            "run",
            "--config",
            "c.yaml",
            "--rules",
            "a",
            "--rules",
            "b",
            "--state",
            "s",
            "--runtime",
            "r",
            "--mode",
            "act");

    assertThat(status).isEqualTo(2);
    assertThat(terminal.started)
        .containsExactly(
            new DaemonStarter.Settings(
                Path.of("c.yaml"),
                List.of(Path.of("a"), Path.of("b")),
                Path.of("s"),
                Path.of("r"),
                null,
                Mode.ACT));
  }

  @Test
  void runHasDefaults() {
    terminal.medic(false, "run");

    assertThat(terminal.started)
        .containsExactly(
            new DaemonStarter.Settings(
                null, List.of(), Path.of("/var/lib/medicd"), Path.of("/run/medicd"), null, null));
  }

  @Test
  void aTestOfAlertsSaysWhatCameOfIt() {
    assertThat(terminal.medic(false, "alert", "test", "pager", "--config", "c.yaml", "--show"))
        .isZero();
    assertThat(terminal.alertsTested).containsExactly("c.yaml pager shown");
    assertThat(terminal.out).hasToString("taken\n");

    terminal.alertTest = new Alerting.Result(Alerting.End.BADLY, "email: 550\n  because\u0007");
    assertThat(terminal.medic(false, "alert", "test", "email")).isEqualTo(1);
    assertThat(terminal.err).hasToString("medic: email: 550\nmedic:   because\\x07\n");
    terminal.alertTest = new Alerting.Result(Alerting.End.NOT_PERMITTED, "no");
    assertThat(terminal.medic(false, "alert", "test", "email")).isEqualTo(4);
    terminal.alertTest = new Alerting.Result(Alerting.End.UNUSABLE, "no");
    assertThat(terminal.medic(false, "alert", "test", "email")).isEqualTo(2);
  }
}

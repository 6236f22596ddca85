package org.medicd.daemon;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.config.Limits;
import org.medicd.config.Settings;
import org.medicd.fact.Scene;
import org.medicd.fact.Snapshot;
import org.medicd.guard.Guards;
import org.medicd.guard.Ledger;
import org.medicd.guard.Standpoint;
import org.medicd.plan.Assessment;
import org.medicd.plan.Assessments;
import org.medicd.plan.Finding;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Mode;
import org.medicd.plan.Step;
import org.medicd.plan.Verdict;
import org.medicd.rule.RulePack;

/** Rules in shadow beside real ones. */
class ShadowTest {
  private static final String RULES =
      """
      rule "hot" when $p : Proc( cpuAvg10 >= 90 ) then
        insertLogical( new Symptom("hot", $p.id()) ); end
      rule "runaway" when Symptom( name == "hot", $who : subject ) then
        insertLogical( new Diagnosis("runaway", $who) ); end
      rule "end it" when $d : Diagnosis( name == "runaway" ) then
        medic.treat($d).term("5s").page(); end
      """;
  private static final String TRIED =
      """
      rule "warm" when $p : Proc( cpuAvg10 >= 50 ) then
        insertLogical( new Symptom("warm", $p.id()) ); end
      rule "warmth" @mode("shadow") when Symptom( name == "warm", $who : subject ) then
        insertLogical( new Diagnosis("warmth", $who) ); end
      rule "cool it" when $d : Diagnosis( name == "warmth" ) then
        medic.treat($d).term("5s").kill("5s").page(); end
      """;

  @TempDir Path folder;
  private final Settings settings = Settings.defaults().withMode(Mode.ACT);
  private final Scene scene = new Scene();
  private @Nullable LoadedRules rules;
  private Duration now = Duration.ZERO;

  private void load(String tried, String... named) throws Exception {
    Files.writeString(folder.resolve("real.drl"), RULES);
    Files.writeString(folder.resolve("tried.drl"), tried);
    RulePack.Compiled compiled = RulePack.compile(List.of(folder), Limits.defaults());
    assertThat(compiled.problems()).isEmpty();
    RulePack pack = Objects.requireNonNull(compiled.pack());
    rules =
        LoadedRules.of(
            pack, settings.withRules(settings.rules().withShadow(List.of(named))), ofSeconds(1));
  }

  @AfterEach
  void close() {
    loaded().close();
  }

  private Assessment pass(int seconds) {
    Assessment real = Assessments.nothing();
    for (int i = 0; i < seconds; i++) {
      now = now.plusSeconds(1);
      Snapshot seen = scene.after(ofSeconds(1));
      real = loaded().engine().consider(seen);
      shadow()
          .consider(
              seen,
              new Guards(settings, new Ledger(), new Standpoint(-1, ZoneOffset.UTC)),
              Mode.ACT,
              now);
    }
    return real;
  }

  private LoadedRules loaded() {
    return Objects.requireNonNull(rules);
  }

  private Shadow shadow() {
    return Objects.requireNonNull(loaded().shadow());
  }

  @Test
  void whatTheyConcludeIsKeptApart() throws Exception {
    load(TRIED);
    scene.has(7, p -> p.cpu(60.0)).has(8, p -> p.cpu(99.0));
    assertThat(pass(3).findings())
        .extracting(finding -> finding.diagnosis().name())
        .containsExactly("runaway");
    assertThat(shadow().incidents())
        .extracting(Incident::diagnosis)
        .containsExactlyInAnyOrder("warmth", "warmth");
    assertThat(shadow().incidents()).allMatch(each -> each.mode() == Mode.SHADOW);
  }

  @Test
  void theyDoNothingAndCallNobody() throws Exception {
    load(TRIED);
    scene.has(7, p -> p.cpu(60.0));
    pass(20);
    List<Step> steps = shadow().incidents().get(0).steps();
    assertThat(steps)
        .extracting(step -> step.action().label())
        .containsExactly("term", "kill", "page");
    assertThat(steps).allMatch(step -> step.verdict() instanceof Verdict.Rehearsed);
  }

  @Test
  void aGuardThatWouldRefuseIsHeard() throws Exception {
    load(TRIED);
    scene.has(7, p -> p.cpu(60.0).named("sshd"));
    pass(3);
    assertThat(shadow().incidents().get(0).steps().get(0).verdict().words())
        .contains("refused by protected");
  }

  @Test
  void anIncidentEndsWithItsCondition() throws Exception {
    load(TRIED);
    scene.has(7, p -> p.cpu(60.0));
    pass(3);
    scene.has(7, p -> p.cpu(6.0));
    pass(30);
    assertThat(shadow().incidents()).allMatch(each -> each.state().isClosed());
  }

  @Test
  void aTreatmentInShadowShowsWhatItWouldChange() throws Exception {
    load(
        """
        rule "gently" @mode("shadow") salience 10 when $d : Diagnosis( name == "runaway" ) then
          medic.treat($d).signal("USR1", "5s").page(); end
        """);
    scene.has(8, p -> p.cpu(99.0));
    Finding real = pass(3).findings().get(0);
    assertThat(Objects.requireNonNull(real.treatment()).rule()).isEqualTo("end it");
    assertThat(shadow().incidents().get(0).steps().get(0).action().label())
        .isEqualTo("signal:USR1");
  }

  @Test
  void theConfigurationMayPutAPackOrARuleIntoShadow() throws Exception {
    load("", "real.drl");
    scene.has(8, p -> p.cpu(99.0));
    assertThat(pass(3).findings()).isEmpty();
    assertThat(shadow().incidents()).hasSize(1);
    assertThat(shadow().rules()).isEqualTo(3);
    loaded().close();
    load("", "runaway");
    assertThat(pass(3).findings()).isEmpty();
    assertThat(shadow().rules()).isEqualTo(1);
  }

  @Test
  void whatIsOpenEndsWithItsRules() throws Exception {
    load(TRIED);
    scene.has(7, p -> p.cpu(60.0));
    pass(3);
    LoadedRules before = loaded();
    load("");
    List<Incident> ended = loaded().inherit(before, Scene.START);
    before.close();
    assertThat(ended)
        .singleElement()
        .satisfies(each -> assertThat(each.state()).isEqualTo(IncidentState.WITHDRAWN))
        .satisfies(each -> assertThat(each.closedBecause()).isEqualTo("rules changed"));
  }

  @Test
  void othersInTheirPlaceGoOnWithWhatTheyFound() throws Exception {
    load(TRIED);
    scene.has(7, p -> p.cpu(60.0));
    pass(3);
    LoadedRules before = loaded();
    load(TRIED);
    assertThat(loaded().inherit(before, Scene.START)).isEmpty();
    before.close();
    pass(3);
    assertThat(shadow().incidents())
        .extracting(Incident::state)
        .containsExactly(IncidentState.TREATING);
  }

  @Test
  void realRulesCastNone() throws Exception {
    load("");
    assertThat(loaded().shadow()).isNull();
  }
}

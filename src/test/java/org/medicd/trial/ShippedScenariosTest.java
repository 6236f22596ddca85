package org.medicd.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.medicd.config.Limit;
import org.medicd.config.Limits;
import org.medicd.config.Settings;
import org.medicd.rule.RulePack;
import org.medicd.rule.RuleText;

/** The shipped packs with the default limits do what the scenarios beside them say. */
@Tag("once")
class ShippedScenariosTest {
  private static final Path RULES = Path.of("rules");
  private static RulePack pack;
  private static List<Scenario> scenarios;

  @BeforeAll
  static void read() {
    RulePack.Compiled compiled = RulePack.compile(List.of(RULES), Limits.defaults());
    assertThat(compiled.problems()).isEmpty();
    pack = Objects.requireNonNull(compiled.pack());
    Scenarios read = Scenarios.below(RULES, Settings.defaults());
    assertThat(read.problems()).isEmpty();
    scenarios = read.all();
  }

  @TestFactory
  Stream<DynamicTest> isAsExpected() {
    return scenarios.stream()
        .map(
            scenario ->
                DynamicTest.dynamicTest(
                    scenario.file().getFileName() + ": " + scenario.name(),
                    () -> assertThat(failures(scenario)).isEmpty()));
  }

  private static List<String> failures(Scenario scenario) {
    return ScenarioRun.of(scenario, pack).stream()
        .map(failure -> String.join("\n", failure.words()))
        .toList();
  }

  /** Who tunes a threshold, or writes a wrong one, is told by a scenario. */
  @TestFactory
  Stream<DynamicTest> aLimitThatChangesIsNoticed() {
    return Limits.defaults().all().stream()
        .filter(limit -> !isOfACollector(limit))
        .flatMap(limit -> Stream.of(0.9, 1.1).map(factor -> changed(limit, factor)))
        .map(
            limit ->
                DynamicTest.dynamicTest(
                    limit.diagnosis() + "." + limit.name() + " " + limit.text(),
                    () -> assertThat(isNoticed(limit)).as(limit.toString()).isTrue()));
  }

  /** It is the collector that keeps to this one: a rule sees only what comes of it. */
  private static boolean isOfACollector(Limit limit) {
    return limit.name().equals("window");
  }

  private static Limit changed(Limit limit, double factor) {
    Double number = limit.number();
    Long bytes = limit.bytes();
    Long millis = limit.millis();
    boolean small = number != null && number <= 10 && number == Math.rint(number);
    Double other =
        number == null
            ? null
            : small
                ? Double.valueOf(number + Math.signum(factor - 1))
                : Double.valueOf(number * factor);
    return new Limit(
        limit.diagnosis(),
        limit.name(),
        other,
        bytes == null ? null : (Long) Math.round(bytes * factor),
        millis == null ? null : (Long) Math.round(millis * factor),
        limit.on() == null ? null : (Boolean) !limit.on());
  }

  private static boolean isAbout(Scenario scenario, String diagnosis) {
    return scenario.expectations().stream()
        .flatMap(expectation -> expectation.about().stream())
        .anyMatch(what -> diagnosis.equals(what.name()));
  }

  private static boolean isNoticed(Limit limit) {
    Set<Path> files =
        scenarios.stream()
            .filter(scenario -> isAbout(scenario, limit.diagnosis()))
            .map(Scenario::file)
            .collect(Collectors.toSet());
    return scenarios.stream()
        .filter(scenario -> files.contains(scenario.file()))
        .sorted(Comparator.comparing(scenario -> !isAbout(scenario, limit.diagnosis())))
        .toList()
        .parallelStream()
        .anyMatch(
            scenario -> {
              Settings settings = scenario.settings();
              Limits limits = settings.rules().limits().with(List.of(limit));
              Scenario other =
                  new Scenario(
                      scenario.file(),
                      scenario.line(),
                      scenario.name(),
                      settings.withRules(settings.rules().withLimits(limits)),
                      scenario.changes(),
                      scenario.expectations(),
                      scenario.lasts());
              return !ScenarioRun.of(other, pack).isEmpty();
            });
  }

  @Test
  void everyRuleHasItsPart() {
    Set<String> fired = new HashSet<>();
    scenarios.forEach(scenario -> fired.addAll(ScenarioRun.fired(scenario, pack)));
    List<String> never = new ArrayList<>(pack.rules().stream().map(RuleText::name).toList());
    never.removeAll(fired);
    assertThat(never).isEmpty();
  }
}

package org.medicd.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.medicd.trial.Scenario;

/** The packs of examples, as somebody would test them in a Java project of their own. */
class RuleScenariosTest {
  @RuleScenarios(rules = {"rules", "examples/packs"})
  void examplesAreAsExpected(Scenario scenario) {
    assertThat(scenario.file().toString()).startsWith("examples/packs/");
  }
}

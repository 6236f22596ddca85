package example;

import org.medicd.junit.RuleScenarios;
import org.medicd.trial.Scenario;

/** Each scenario in rules is a test of its own, named by its sentence. */
class OurRulesTest {
  @RuleScenarios(rules = "rules")
  void doWhatTheirScenariosSay(Scenario scenario) {}
}

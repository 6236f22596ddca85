package org.medicd.junit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.medicd.config.ConfigReader;
import org.medicd.config.Parsed;
import org.medicd.config.Problem;
import org.medicd.config.Settings;
import org.medicd.rule.RulePack;
import org.medicd.trial.Failure;
import org.medicd.trial.Scenario;
import org.medicd.trial.ScenarioRun;
import org.medicd.trial.Scenarios;

/** Runs the scenarios that {@link RuleScenarios} names. */
final class ScenarioInvocations implements TestTemplateInvocationContextProvider {
  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    RuleScenarios asked = context.getRequiredTestMethod().getAnnotation(RuleScenarios.class);
    List<Path> folders = Stream.of(asked.rules()).map(Path::of).toList();
    List<Problem> problems = new ArrayList<>();
    Settings settings = settings(asked, problems);
    RulePack.Compiled compiled = RulePack.compile(folders, settings.rules().limits());
    problems.addAll(compiled.problems());
    Path place =
        asked.scenarios().isEmpty() ? folders.get(folders.size() - 1) : Path.of(asked.scenarios());
    Scenarios scenarios = Scenarios.below(place, settings);
    problems.addAll(scenarios.problems());
    RulePack pack = compiled.pack();
    if (pack == null || !problems.isEmpty()) {
      throw new ExtensionConfigurationException(
          problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
    return scenarios.all().stream().map(scenario -> new Invocation(scenario, pack));
  }

  private static Settings settings(RuleScenarios asked, List<Problem> problems) {
    if (asked.config().isEmpty()) {
      return Settings.defaults();
    }
    Parsed parsed = ConfigReader.readNamed(Path.of(asked.config()));
    problems.addAll(parsed.problems());
    return parsed.settings();
  }

  /** One scenario. */
  private record Invocation(Scenario scenario, RulePack pack)
      implements TestTemplateInvocationContext, BeforeTestExecutionCallback, ParameterResolver {
    @Override
    public String getDisplayName(int index) {
      return scenario.name();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(this);
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
      List<Failure> failures = ScenarioRun.of(scenario, pack);
      if (!failures.isEmpty()) {
        String words =
            failures.stream()
                .flatMap(failure -> failure.words().stream())
                .collect(Collectors.joining("\n"));
        throw new AssertionError(scenario.file() + ":" + scenario.line() + "\n" + words);
      }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Scenario.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return scenario;
    }
  }
}

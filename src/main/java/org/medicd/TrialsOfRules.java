package org.medicd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.medicd.cli.Trials;
import org.medicd.daemon.Preparation;
import org.medicd.plan.Mode;
import org.medicd.rule.RulePack;
import org.medicd.trial.Failure;
import org.medicd.trial.Replay;
import org.medicd.trial.Scenario;
import org.medicd.trial.ScenarioRun;
import org.medicd.trial.Scenarios;

/** What medic test and medic replay stand on. */
final class TrialsOfRules implements Trials {
  @Override
  public List<String> test(
      @Nullable Path configuration, List<Path> rules, Path folder, Consumer<Tried> each) {
    Preparation prepared = Preparation.forTrial(configuration, rules, folder);
    RulePack pack = prepared.pack();
    if (pack == null) {
      return Main.texts(prepared.problems());
    }
    Scenarios scenarios = Scenarios.below(folder, prepared.settings());
    for (Scenario scenario : scenarios.all()) {
      long began = System.nanoTime();
      List<Failure> failures = ScenarioRun.of(scenario, pack);
      each.accept(
          new Tried(
              scenario.file() + ":" + scenario.line(),
              scenario.name(),
              TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began),
              failures.stream().map(Failure::words).toList()));
    }
    return Main.texts(scenarios.problems());
  }

  @Override
  public Replayed replay(
      @Nullable Path configuration, List<Path> rules, Path recording, @Nullable Mode mode) {
    Preparation prepared = Preparation.forTrial(configuration, rules, null);
    RulePack pack = prepared.pack();
    if (pack == null) {
      return failed(Main.texts(prepared.problems()));
    }
    try {
      Replay replay =
          Replay.of(() -> Files.newInputStream(recording), pack, prepared.settings(), mode);
      return new Replayed(
          List.of(),
          replay.ticks(),
          replay.length(),
          replay.mode(),
          replay.incidents(),
          replay.missing().stream().sorted().toList());
    } catch (IOException e) {
      return failed(List.of(recording + " cannot be read: " + e.getMessage()));
    }
  }

  private static Replayed failed(List<String> problems) {
    return new Replayed(problems, 0, Duration.ZERO, Mode.OBSERVE, List.of(), List.of());
  }
}

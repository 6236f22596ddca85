package org.medicd.daemon;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.medicd.api.Reply;
import org.medicd.config.Settings;
import org.medicd.guard.Guards;
import org.medicd.rule.RuleEngine;

/**
 * Takes up changed rules and settings in a running daemon: read, checked and compiled beside the
 * tick, swapped between two ticks. What is wrong leaves everything as it was. Tick, alerts, store
 * and folders are taken up by a restart only.
 */
final class Reload {
  private static final int SWAP_SECONDS = 10;

  private final Options options;
  private final Stages stages;
  private final Tick tick;
  private final Function<Settings, Guards> guards;

  Reload(Options options, Stages stages, Tick tick, Function<Settings, Guards> guards) {
    this.options = options;
    this.stages = stages;
    this.tick = tick;
    this.guards = guards;
  }

  synchronized Reply run() {
    Preparation prepared = Preparation.forReload(options);
    if (prepared.pack() == null) {
      return Reply.refused(
          "not reloaded, the old rules and settings go on: "
              + prepared.problems().stream()
                  .map(Object::toString)
                  .collect(Collectors.joining("\n")));
    }
    Settings settings = prepared.settings();
    RuleEngine engine =
        new RuleEngine(prepared.pack(), settings.limits(), stages.settings().tick());
    try {
      tick.between(
              () -> {
                boolean raised = settings.mode().compareTo(stages.mode()) > 0;
                stages.replace(engine, guards.apply(settings), settings);
                if (raised) {
                  stages.incidents().takeBackRehearsals(tick.now());
                }
                return true;
              })
          .get(SWAP_SECONDS, TimeUnit.SECONDS);
      return Reply.done(
          "reloaded: "
              + prepared.pack().rules().size()
              + " rules, mode "
              + settings.mode().name().toLowerCase(java.util.Locale.ROOT));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.refused("interrupted");
    } catch (ExecutionException | TimeoutException e) {
      return Reply.refused("the tick did not take them up: " + e);
    }
  }
}

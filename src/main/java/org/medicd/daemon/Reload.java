package org.medicd.daemon;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.medicd.api.Reply;
import org.medicd.config.Problem;
import org.medicd.config.Settings;
import org.medicd.guard.Guards;
import org.medicd.notify.Channel;
import org.medicd.rule.RulePack;

/**
 * Takes up changed rules and settings in a running daemon: read, checked and compiled beside the
 * tick, swapped between two ticks. What is wrong leaves everything as it was. Tick, page over HTTP,
 * store and folders are taken up by a restart only.
 */
final class Reload {
  private static final int SWAP_SECONDS = 10;
  private static final int MOST_PROBLEMS = 20;
  private static final String REFUSED = "rules-refused";
  private static final String OLD_GO_ON = "the old rules and settings go on";

  private final Options options;
  private final Stages stages;
  private final Tick tick;
  private final Function<Settings, Guards> guards;
  private final Channels channels;
  private final Beside beside;
  private final WarmUp warmUp;
  private final RuleMark mark;
  private boolean reloaded;

  Reload(
      Options options,
      Stages stages,
      Tick tick,
      Function<Settings, Guards> guards,
      Channels channels,
      Beside beside,
      WarmUp warmUp,
      RuleMark mark) {
    this.warmUp = warmUp;
    this.mark = mark;
    this.options = options;
    this.stages = stages;
    this.tick = tick;
    this.guards = guards;
    this.channels = channels;
    this.beside = beside;
  }

  /**
   * Puts the rules that a daemon began with into the place of themselves, with what they would know
   * had it not been down.
   */
  synchronized void remember(RulePack pack) {
    if (reloaded) {
      return;
    }
    Settings settings = stages.settings();
    LoadedRules rules = warmUp.of(() -> LoadedRules.of(pack, settings, settings.tick()));
    tick.between(
        () -> {
          stages.replace(rules, stages.guards(), settings);
          return true;
        });
  }

  synchronized Reply run() {
    Preparation prepared = Preparation.forReload(options);
    if (prepared.pack() == null) {
      tellOf(prepared.problems());
      return Reply.refused(
          "not reloaded, the old rules and settings go on: "
              + prepared.problems().stream()
                  .map(Object::toString)
                  .collect(Collectors.joining("\n")));
    }
    Settings settings = prepared.settings();
    RulePack pack = prepared.pack();
    Duration period = stages.settings().tick();
    LoadedRules rules = warmUp.of(() -> LoadedRules.of(pack, settings, period));
    List<Channel> told = channels.of(settings.alerts());
    try {
      tick.between(
              () -> {
                mark.forget();
                boolean raised = settings.mode().compareTo(stages.mode()) > 0;
                stages.replace(rules, guards.apply(settings), settings);
                stages.dispatcher().replace(told, settings.alerts());
                if (raised) {
                  stages.incidents().takeBackRehearsals(tick.now());
                }
                return true;
              })
          .get(SWAP_SECONDS, TimeUnit.SECONDS);
      beside.follow(settings.alerts());
      reloaded = true;
      return Reply.done(
          "reloaded: "
              + pack.rules().size()
              + " rules, mode "
              + settings.mode().name().toLowerCase(java.util.Locale.ROOT));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.refused("interrupted");
    } catch (ExecutionException | TimeoutException e) {
      return Reply.refused("the tick did not take them up: " + e);
    }
  }

  /** An incident of its own, about medicd itself: who changed the rules need not look at them. */
  private void tellOf(List<Problem> problems) {
    List<String> because = problems.stream().limit(MOST_PROBLEMS).map(Problem::toString).toList();
    tick.between(
        () -> {
          stages.tellOf(REFUSED, because, OLD_GO_ON, Instant.now());
          return true;
        });
  }
}

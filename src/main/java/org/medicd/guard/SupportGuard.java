package org.medicd.guard;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.medicd.config.ActionSettings;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcState;
import org.medicd.fact.Unit;
import org.medicd.plan.Action;
import org.medicd.plan.Intent;
import org.medicd.plan.Verdict;

/** Refuses what cannot work on this subject: a restart without a unit, a signal to a zombie. */
final class SupportGuard implements Guard {
  private final ActionSettings actions;

  /**
   * @param actions what actions may touch
   */
  SupportGuard(ActionSettings actions) {
    this.actions = actions;
  }

  @Override
  public Optional<Verdict> judge(Intent intent, Situation situation) {
    String why =
        intent.action().kind().has(Action.Trait.NEEDS_UNIT)
            ? unit(intent, situation)
            : intent.action().kind().has(Action.Trait.NEEDS_PROCESS) && intent.action().disrupts()
                ? process(intent, situation)
                : host(intent);
    return Optional.ofNullable(why).map(reason -> new Verdict.Refused("supported", reason, true));
  }

  private @Nullable String host(Intent intent) {
    boolean ofFilesystem = intent.patient().subject() instanceof FilesystemId;
    return switch (intent.action().kind()) {
      case VACUUM ->
          actions.vacuum().isNothing()
              ? "the configuration names nothing that may go (vacuum)"
              : null;
      case REMOUNT ->
          ofFilesystem ? null : "the subject is no file system: " + intent.patient().subject();
      case SCALE_POOL ->
          actions.pools().stream().anyMatch(pool -> pool.template().equals(intent.patient().unit()))
              ? null
              : "the configuration has no such pool (pools): " + intent.patient().subject();
      default -> null;
    };
  }

  private static @Nullable String unit(Intent intent, Situation situation) {
    String name = intent.patient().unit();
    if (name == null) {
      return "the subject belongs to no unit";
    }
    Action.Kind kind = intent.action().kind();
    boolean alsoScopes = kind.has(Action.Trait.MASKS) || kind == Action.Kind.THAW;
    if (alsoScopes && name.endsWith(".scope")) {
      return null;
    }
    if (!name.endsWith(".service")) {
      return name + " is not a service";
    }
    Unit unit = situation.seen().units().get(name);
    if (unit != null && unit.isMissing()) {
      return "systemd has no " + name + " (any more)";
    }
    if (unit != null && "oneshot".equals(unit.type())) {
      return name + " is a oneshot service";
    }
    return kind == Action.Kind.CGROUP_KILL ? refusesKill(unit) : null;
  }

  private static @Nullable String process(Intent intent, Situation situation) {
    if (intent.targets().isEmpty()) {
      return "there is no process to signal: the subject is " + intent.patient().subject();
    }
    Action.Kind kind = intent.action().kind();
    if (kind.has(Action.Trait.KILLS) && intent.patient().unit() != null) {
      String refusal = refusesKill(situation.seen().units().get(intent.patient().unit()));
      if (refusal != null) {
        return refusal;
      }
    }
    boolean signals = kind.has(Action.Trait.SIGNALS);
    List<Proc> targets = situation.targetsOf(intent);
    List<String> beyondReach =
        targets.stream().map(proc -> beyondReach(proc, signals)).filter(Objects::nonNull).toList();
    return !targets.isEmpty() && beyondReach.size() == targets.size() ? beyondReach.get(0) : null;
  }

  private static @Nullable String refusesKill(@Nullable Unit unit) {
    return unit != null && Boolean.FALSE.equals(unit.sendSigkill())
        ? unit.name() + " has SendSIGKILL=no"
        : null;
  }

  /** Why the action does not reach it; null where it does. */
  private static @Nullable String beyondReach(Proc proc, boolean signals) {
    if (proc.state() == ProcState.ZOMBIE && proc.threads() <= 1) {
      return proc.id() + " is a zombie: " + (signals ? "no signal reaches it" : "it has ended");
    }
    return signals && proc.blockedSeconds() != null && proc.blockedSeconds() >= 1
        ? proc.id() + " is in D state: no signal reaches it before the kernel lets it go"
        : null;
  }
}

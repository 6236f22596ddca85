package org.medicd.plan;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that medicd can do.
 *
 * @param kind what
 * @param argument what of it: the signal's name for SIGNAL, what to capture for CAPTURE, the advice
 *     for PAGE, the value for RENICE, IONICE, AFFINITY, SCHED and LIMIT
 */
public record Action(Kind kind, @Nullable String argument) {
  /** The kinds of action and what the ladder and the guards must know of each. */
  public enum Kind {
    CAPTURE(Trait.NEEDS_PROCESS),
    STOP(Trait.SIGNALS, Trait.NEEDS_PROCESS, Trait.DISRUPTS, Trait.MASKS),
    CONT(Trait.SIGNALS, Trait.NEEDS_PROCESS),
    TERM(Trait.SIGNALS, Trait.NEEDS_PROCESS, Trait.DISRUPTS, Trait.ENDS),
    KILL(Trait.SIGNALS, Trait.NEEDS_PROCESS, Trait.DISRUPTS, Trait.ENDS, Trait.KILLS),
    SIGCHLD(Trait.SIGNALS, Trait.NEEDS_PROCESS, Trait.DISRUPTS),
    SIGNAL(Trait.SIGNALS, Trait.NEEDS_PROCESS, Trait.DISRUPTS),
    RENICE(Trait.NEEDS_PROCESS, Trait.DISRUPTS),
    IONICE(Trait.NEEDS_PROCESS, Trait.DISRUPTS),
    AFFINITY(Trait.NEEDS_PROCESS, Trait.DISRUPTS),
    SCHED(Trait.NEEDS_PROCESS, Trait.DISRUPTS),
    CGROUP_KILL(Trait.NEEDS_UNIT, Trait.DISRUPTS, Trait.ENDS, Trait.KILLS),
    RESTART_UNIT(Trait.NEEDS_UNIT, Trait.DISRUPTS, Trait.ENDS),
    RELOAD_UNIT(Trait.NEEDS_UNIT, Trait.DISRUPTS),
    START_UNIT(Trait.NEEDS_UNIT, Trait.DISRUPTS),
    STOP_UNIT(Trait.NEEDS_UNIT, Trait.DISRUPTS, Trait.ENDS),
    RESET_FAILED(Trait.NEEDS_UNIT, Trait.DISRUPTS),
    FREEZE(Trait.NEEDS_UNIT, Trait.DISRUPTS, Trait.MASKS),
    THAW(Trait.NEEDS_UNIT),
    LIMIT(Trait.NEEDS_UNIT, Trait.DISRUPTS, Trait.MASKS),
    REBOOT(Trait.DISRUPTS),
    PAGE;

    private final java.util.Set<Trait> traits;

    Kind(Trait... traits) {
      this.traits = java.util.Set.of(traits);
    }

    public boolean has(Trait trait) {
      return traits.contains(trait);
    }
  }

  /** What the ladder and the guards must know of an action. */
  public enum Trait {
    /** Sends a signal: what holds a process stopped ends by it. */
    SIGNALS,
    /** Acts on processes that must be proven to be the same. */
    NEEDS_PROCESS,
    /** Acts on the unit that owns the subject. */
    NEEDS_UNIT,
    /** Changes what runs on the host: guarded, counted, rehearsed in observe mode. */
    DISRUPTS,
    /** Hides the condition without curing it; a lease that is undone when the incident closes. */
    MASKS,
    /** May end the subject. */
    ENDS,
    /** Leaves it no time to end in order: TERM comes before. */
    KILLS
  }

  public Action(Kind kind) {
    this(kind, null);
  }

  /** Whether it changes what runs on the host. */
  public boolean disrupts() {
    return kind.has(Trait.DISRUPTS);
  }

  /** The name in rules, JSON and messages: term, restart-unit, signal:HUP. */
  public String label() {
    String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return kind == Kind.SIGNAL ? name + ":" + argument : name;
  }
}

package org.medicd.plan;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing that medicd can do.
 *
 * @param kind what
 * @param argument what of it: the signal's name for SIGNAL and SIGNAL_FAMILY, what to capture for
 *     CAPTURE, the advice for PAGE, the value for RENICE, IONICE, AFFINITY, SCHED and LIMIT, the
 *     change for SCALE_POOL, ro or rw for REMOUNT, the program for EXEC
 * @param programArguments what the program of EXEC is given
 */
public record Action(Kind kind, @Nullable String argument, List<String> programArguments) {
  /** The kinds of action and what the ladder and the guards must know of each. */
  public enum Kind {
    CAPTURE(Trait.NEEDS_PROCESS),
    STOP(Trait.SIGNALS, Trait.NEEDS_PROCESS, Trait.DISRUPTS, Trait.MASKS),
    CONT(Trait.SIGNALS, Trait.NEEDS_PROCESS),
    TERM(Trait.SIGNALS, Trait.NEEDS_PROCESS, Trait.DISRUPTS, Trait.ENDS),
    KILL(Trait.SIGNALS, Trait.NEEDS_PROCESS, Trait.DISRUPTS, Trait.ENDS, Trait.KILLS),
    SIGCHLD(Trait.SIGNALS, Trait.NEEDS_PROCESS, Trait.DISRUPTS),
    SIGNAL(Trait.SIGNALS, Trait.NEEDS_PROCESS, Trait.DISRUPTS, Trait.ENDS),
    TERM_FAMILY(Trait.SIGNALS, Trait.NEEDS_PROCESS, Trait.FAMILY, Trait.DISRUPTS, Trait.ENDS),
    KILL_FAMILY(
        Trait.SIGNALS, Trait.NEEDS_PROCESS, Trait.FAMILY, Trait.DISRUPTS, Trait.ENDS, Trait.KILLS),
    SIGNAL_FAMILY(Trait.SIGNALS, Trait.NEEDS_PROCESS, Trait.FAMILY, Trait.DISRUPTS, Trait.ENDS),
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
    SCALE_POOL(Trait.DISRUPTS, Trait.ELASTIC),
    DROP_CACHES(Trait.DISRUPTS),
    RESET_SWAP(Trait.DISRUPTS),
    VACUUM(Trait.DISRUPTS),
    REMOUNT(Trait.DISRUPTS),
    REBOOT(Trait.DISRUPTS),
    EXEC(Trait.DISRUPTS),
    PAGE;

    private final Set<Trait> traits;

    Kind(Trait... traits) {
      this.traits = Set.of(traits);
    }

    /** As it is written: restart-unit. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
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
    /** Acts on all their descendants too, children before their parents. */
    FAMILY,
    /** Acts on the unit that owns the subject. */
    NEEDS_UNIT,
    /** Changes what runs on the host: guarded, counted, rehearsed in observe mode. */
    DISRUPTS,
    /** Hides the condition without curing it; a lease that is undone when the incident closes. */
    MASKS,
    /** May end the subject. */
    ENDS,
    /** Leaves it no time to end in order: TERM comes before. */
    KILLS,
    /**
     * Done again and again while the condition holds, within bounds of the configuration: it is not
     * counted as a treatment.
     */
    ELASTIC
  }

  public Action {
    programArguments = List.copyOf(programArguments);
  }

  public Action(Kind kind, @Nullable String argument) {
    this(kind, argument, List.of());
  }

  public Action(Kind kind) {
    this(kind, null);
  }

  /** Whether it changes what runs on the host. */
  public boolean disrupts() {
    return kind.has(Trait.DISRUPTS);
  }

  /** The name in rules, JSON and messages: term, restart-unit, signal:HUP, exec:flush-queue. */
  public String label() {
    boolean named = kind == Kind.SIGNAL || kind == Kind.SIGNAL_FAMILY || kind == Kind.EXEC;
    return named ? kind.word() + ":" + argument : kind.word();
  }
}

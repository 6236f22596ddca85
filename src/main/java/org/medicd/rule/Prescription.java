package org.medicd.rule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Durations;
import org.medicd.config.Exec;
import org.medicd.linux.Signals;
import org.medicd.linux.sched.Scheduling;
import org.medicd.linux.systemd.PoolChange;
import org.medicd.linux.systemd.UnitLimit;
import org.medicd.plan.Action;
import org.medicd.plan.Rung;
import org.medicd.plan.Treatment;

/** The ladder that a treatment rule writes, rung by rung. Durations are written as "10s". */
public final class Prescription {
  private static final Set<String> OF_THEIR_OWN = Set.of("STOP", "CONT", "TERM", "KILL");
  private static final Duration AT_ONCE = Duration.ZERO;

  private final List<Rung> rungs = new ArrayList<>();
  private @Nullable String gate;

  Prescription() {}

  /** Holds the disruptive rungs after this one back while no symptom of that name holds. */
  public Prescription onlyWhile(String symptom) {
    gate = symptom;
    return this;
  }

  /**
   * Keeps evidence: put it before the first rung that disrupts.
   *
   * @param what it is wanted for, as "stacks" or "memory"; with "tasks" nothing is attached to the
   *     process
   */
  public Prescription capture(String what) {
    return add(new Action(Action.Kind.CAPTURE, what), AT_ONCE);
  }

  public Prescription stop(String patience) {
    return add(Action.Kind.STOP, patience);
  }

  public Prescription cont() {
    return add(new Action(Action.Kind.CONT), AT_ONCE);
  }

  public Prescription term(String patience) {
    return add(Action.Kind.TERM, patience);
  }

  public Prescription kill(String patience) {
    return add(Action.Kind.KILL, patience);
  }

  public Prescription sigchld(String patience) {
    return add(Action.Kind.SIGCHLD, patience);
  }

  /** Any signal by its name, with or without SIG. */
  public Prescription signal(String name, String patience) {
    checkSignal(name);
    return add(new Action(Action.Kind.SIGNAL, plain(name)), Durations.parse(patience));
  }

  /** TERM to it and all its descendants, children before their parents. */
  public Prescription termFamily(String patience) {
    return add(Action.Kind.TERM_FAMILY, patience);
  }

  /** KILL to the same. */
  public Prescription killFamily(String patience) {
    return add(Action.Kind.KILL_FAMILY, patience);
  }

  /** Any signal to the same. */
  public Prescription signalFamily(String name, String patience) {
    checkSignal(name);
    return add(new Action(Action.Kind.SIGNAL_FAMILY, plain(name)), Durations.parse(patience));
  }

  private static String plain(String signal) {
    return signal.startsWith("SIG") ? signal.substring(3) : signal;
  }

  /** Has it served later (up to 19) or sooner (down to -20); all its threads. */
  public Prescription renice(int value, String patience) {
    Scheduling.nice(value);
    return add(new Action(Action.Kind.RENICE, String.valueOf(value)), Durations.parse(patience));
  }

  /** Changes its I/O priority: "idle", "best-effort:7". */
  public Prescription ionice(String priority, String patience) {
    Scheduling.ioPriority(priority);
    return add(new Action(Action.Kind.IONICE, priority), Durations.parse(patience));
  }

  /** Leaves it these CPUs: "0-3,8". */
  public Prescription affinity(String cpus, String patience) {
    Scheduling.cpus(cpus);
    return add(new Action(Action.Kind.AFFINITY, cpus), Durations.parse(patience));
  }

  /** Changes its scheduling policy: "batch", "idle", "other", "fifo:10". */
  public Prescription sched(String policy, String patience) {
    Scheduling.policy(policy);
    return add(new Action(Action.Kind.SCHED, policy), Durations.parse(patience));
  }

  /** Kills all that its unit runs, at once. */
  public Prescription cgroupKill(String patience) {
    return add(Action.Kind.CGROUP_KILL, patience);
  }

  public Prescription startUnit(String patience) {
    return add(Action.Kind.START_UNIT, patience);
  }

  /** Stops its unit for good: a person starts it again. */
  public Prescription stopUnit(String patience) {
    return add(Action.Kind.STOP_UNIT, patience);
  }

  /** Has systemd forget that its unit failed, and how often it was started. */
  public Prescription resetFailed(String patience) {
    return add(Action.Kind.RESET_FAILED, patience);
  }

  /** Stops all that its unit runs, until the next rung that ends it, or thaw. */
  public Prescription freeze(String patience) {
    return add(Action.Kind.FREEZE, patience);
  }

  public Prescription thaw() {
    return add(new Action(Action.Kind.THAW), AT_ONCE);
  }

  /** Leaves its unit less for a while: "CPUQuota=50%", "MemoryHigh=1G", "IOWeight=10". */
  public Prescription limit(String limit, String patience) {
    UnitLimit.parse(limit);
    return add(new Action(Action.Kind.LIMIT, limit), Durations.parse(patience));
  }

  public Prescription restartUnit(String patience) {
    return add(Action.Kind.RESTART_UNIT, patience);
  }

  public Prescription reloadUnit(String patience) {
    return add(Action.Kind.RELOAD_UNIT, patience);
  }

  /**
   * Starts or stops instances of a pool of the configuration ("pools"): "+100%", "+2", "-1". Done
   * again after each patience, until the condition is gone or the pool is at its bounds.
   */
  public Prescription scalePool(String change, String patience) {
    PoolChange.parse(change);
    return add(new Action(Action.Kind.SCALE_POOL, change), Durations.parse(patience));
  }

  /** Calls people. Never held back by a gate. */
  public Prescription page() {
    return page(new Action(Action.Kind.PAGE), AT_ONCE);
  }

  /** The same, with what they may do about it. */
  public Prescription page(String advice) {
    return page(new Action(Action.Kind.PAGE, advice), AT_ONCE);
  }

  /** The same, and leaves them that much time before the next rung. */
  public Prescription page(String advice, String patience) {
    return page(new Action(Action.Kind.PAGE, advice), Durations.parse(patience));
  }

  private Prescription page(Action page, Duration patience) {
    rungs.add(new Rung(page, patience, null));
    return this;
  }

  /** Has what is cached of files written and given back. */
  public Prescription dropCaches(String patience) {
    return add(Action.Kind.DROP_CACHES, patience);
  }

  /** Has all that is swapped read back, where it fits. */
  public Prescription resetSwap(String patience) {
    return add(Action.Kind.RESET_SWAP, patience);
  }

  /** Removes what the configuration says may go ("vacuum"), on the file system that is ill. */
  public Prescription vacuum(String patience) {
    return add(Action.Kind.VACUUM, patience);
  }

  /** Makes the file system that is ill read-only ("ro"), or writable again ("rw"). */
  public Prescription remount(String option, String patience) {
    checkRemount(option);
    return add(new Action(Action.Kind.REMOUNT, option), Durations.parse(patience));
  }

  /** Runs a program of the configured folder ("exec.folder"), as the configured user. */
  public Prescription exec(String name, String patience, String... arguments) {
    checkProgram(name);
    Action exec = new Action(Action.Kind.EXEC, name, List.of(arguments));
    return add(exec, Durations.parse(patience));
  }

  static void checkSignal(String name) {
    if (Signals.number(plain(name)).isEmpty()) {
      throw new IllegalArgumentException("no signal is named '" + name + "'");
    }
    if (OF_THEIR_OWN.contains(plain(name).toUpperCase(Locale.ROOT))) {
      String why = "has a rung of its own, with its guards: stop, cont, term(Family), kill(Family)";
      throw new IllegalArgumentException("signal " + name + " " + why);
    }
  }

  static void checkRemount(String option) {
    if (!option.equals("ro") && !option.equals("rw")) {
      throw new IllegalArgumentException("remount knows ro and rw, not '" + option + "'");
    }
  }

  static void checkProgram(String name) {
    if (!Exec.isProgramName(name)) {
      String wanted = "' is not the name of a file in the folder of programs (exec.folder)";
      throw new IllegalArgumentException("exec: '" + name + wanted);
    }
  }

  /** Restarts the whole host, once per the configured budget "reboot". */
  public Prescription reboot(String patience) {
    return add(Action.Kind.REBOOT, patience);
  }

  Treatment treatment(String rule) {
    return new Treatment(rule, rungs);
  }

  private Prescription add(Action.Kind kind, String patience) {
    return add(new Action(kind), Durations.parse(patience));
  }

  private Prescription add(Action action, Duration patience) {
    rungs.add(new Rung(action, patience, gate));
    return this;
  }
}

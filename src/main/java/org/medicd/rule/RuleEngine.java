package org.medicd.rule;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.ClockTypeOption;
import org.kie.api.runtime.conf.TimedRuleExecutionOption;
import org.kie.api.time.SessionPseudoClock;
import org.medicd.config.Limits;
import org.medicd.fact.Asked;
import org.medicd.fact.Snapshot;
import org.medicd.plan.Assessment;

/**
 * Turns what was seen into what the rules hold to be true. Time is the pseudo clock of the session,
 * moved by the ticks: after a pause of the host it moves three ticks at most, so that nothing
 * counts as having lasted through a pause.
 */
public final class RuleEngine implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RuleEngine.class.getName());
  private static final Pattern RULE_IN_MESSAGE = Pattern.compile("[Rr]ule[ :]*\"([^\"]+)\"");
  private static final int FIRINGS_PER_RULE_AND_FACT = 20;
  private static final int MOST_ATTEMPTS = 12;
  private static final int FAULTS_FORGIVEN = 2;

  private final RulePack pack;
  private final Limits limits;
  private final Duration tick;
  private final Map<String, RuleText> rules;
  private final Map<String, Integer> faults = new HashMap<>();
  private final Set<String> setAside = ConcurrentHashMap.newKeySet();
  private final Sieve sieve;
  private final Explainer explainer;
  private KieBase base;
  private Session session;
  private boolean anew = true;
  private Consumer<String> running = name -> {};

  /** A session with what belongs to it; replaced as a whole when a condition breaks it. */
  private record Session(KieSession kie, SessionPseudoClock clock, Facts facts, Chart chart) {}

  public RuleEngine(RulePack pack, Limits limits, Duration tick) {
    this.pack = pack;
    this.limits = limits;
    this.tick = tick;
    this.rules = pack.byName();
    this.sieve = new Sieve(pack, limits);
    this.explainer = new Explainer(rules, limits);
    this.base = pack.base();
    this.session = open(base);
  }

  /** Has the classes of an engine loaded. */
  public static void load() {
    new RuleEngine(RulePack.empty(), Limits.defaults(), Duration.ofSeconds(1)).close();
  }

  private Session open(KieBase base) {
    KieSessionConfiguration configuration = KieServices.Factory.get().newKieSessionConfiguration();
    configuration.setOption(ClockTypeOption.PSEUDO);
    configuration.setOption(TimedRuleExecutionOption.NO); // what throws in a timer would be lost
    KieSession kie = base.newKieSession(configuration, null);
    Medic medic = new Medic();
    Chart chart = new Chart(rules, explainer, medic, name -> running.accept(name));
    kie.addEventListener((org.kie.api.event.rule.AgendaEventListener) chart);
    kie.addEventListener((org.kie.api.event.rule.RuleRuntimeEventListener) chart);
    setGlobal(kie, "limits", limits);
    setGlobal(kie, "medic", medic);
    limits.all().forEach(kie::insert);
    return new Session(
        kie,
        (SessionPseudoClock) kie.<org.kie.api.time.SessionClock>getSessionClock(),
        new Facts(kie, sieve),
        chart);
  }

  private void setGlobal(KieSession kie, String name, Object value) {
    boolean declared =
        pack.base().getKiePackages().stream()
            .anyMatch(
                each -> each.getGlobalVariables().stream().anyMatch(g -> g.getName().equals(name)));
    if (declared) {
      kie.setGlobal(name, value);
    }
  }

  /** Has somebody told of each rule whose consequence begins, and "" when it has ended. */
  public void tellOfRunning(Consumer<String> listener) {
    running = listener;
  }

  /**
   * What holds after this tick. A rule that throws is reported and, after a few times, set aside.
   */
  public Assessment consider(Snapshot seen) {
    session.clock().advanceTime(seen.livedThrough(tick).toNanos(), TimeUnit.NANOSECONDS);
    session.chart().beginTick(seen.at(), session.clock().getCurrentTime());
    for (int attempt = 0; attempt < MOST_ATTEMPTS && !tells(seen); attempt++) {
      LOG.log(Level.WARNING, "the rules look at this tick again");
    }
    Assessment holds = session.chart().assessment();
    boolean begins = anew;
    anew = false;
    return new Assessment(holds.findings(), holds.grounds(), begins);
  }

  /**
   * Says that the next tick does not follow on the last one that was considered: what a tick tells
   * to have changed is not all then, and what lasts longer than these rules remember is not gone.
   */
  public void haveMissedTicks() {
    session.facts().haveMissedTicks();
    anew = true;
  }

  private boolean tells(Snapshot seen) {
    try {
      fire(seen); // what has lasted long enough by now, before anything changes
      session.facts().tell(seen);
      fire(seen);
      return true;
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      recover(e, seen);
      return false;
    }
  }

  private void fire(Snapshot seen) {
    int most = mostFirings(seen);
    int fired =
        session.kie().fireAllRules(match -> !setAside.contains(match.getRule().getName()), most);
    if (fired >= most) {
      throw new RuleFault("it fired without end in one tick: it loops");
    }
  }

  private int mostFirings(Snapshot seen) {
    return FIRINGS_PER_RULE_AND_FACT * (rules.size() + seen.processes().size() + 100);
  }

  /**
   * A throw leaves the session in an unknown state, so a new one takes over. Durations start anew:
   * late is better than wrong.
   */
  private void recover(Throwable failure, Snapshot seen) {
    session.kie().dispose();
    String rule = blamed(failure, seen);
    if (rule == null) {
      LOG.log(Level.ERROR, "a rule failed, it is not known which: " + root(failure));
    } else {
      int count = faults.merge(rule, 1, Integer::sum);
      LOG.log(Level.ERROR, "rule \"" + rule + "\" failed: " + root(failure));
      if (count > FAULTS_FORGIVEN || failure instanceof RuleFault) {
        setAside(rule);
      }
    }
    session = open(base);
    anew = true;
  }

  private void setAside(String name) {
    if (!setAside.add(name)) {
      return;
    }
    LOG.log(
        Level.ERROR, "rule \"" + name + "\" is set aside until the next reload; the others go on");
    Set<String> others = new HashSet<>(rules.keySet());
    others.removeAll(setAside);
    base = pack.baseOf(others); // that of the pack is not ours alone
  }

  private @Nullable String blamed(Throwable failure, Snapshot seen) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RuleFault) {
        String looping = firstThatFails(seen);
        return looping != null ? looping : session.chart().mostFired();
      }
      if (cause instanceof org.kie.api.runtime.rule.ConsequenceException consequence) {
        return consequence.getRule().getName();
      }
      Matcher named = RULE_IN_MESSAGE.matcher(String.valueOf(cause.getMessage()));
      if (named.find() && rules.containsKey(named.group(1))) {
        return named.group(1);
      }
    }
    return firstThatFails(seen);
  }

  /**
   * Tries ever more of the rules on the same facts: the one that makes them fail is to blame. The
   * engine names no rule where an accumulate throws.
   */
  private @Nullable String firstThatFails(Snapshot seen) {
    List<String> names =
        rules.keySet().stream().filter(name -> !setAside.contains(name)).sorted().toList();
    int good = 0;
    int bad = names.size();
    if (!fails(names, seen)) {
      return null;
    }
    while (bad - good > 1) {
      int middle = (good + bad) / 2;
      if (fails(names.subList(0, middle), seen)) {
        bad = middle;
      } else {
        good = middle;
      }
    }
    return names.get(bad - 1);
  }

  private boolean fails(List<String> names, Snapshot seen) {
    Session trial = open(pack.baseOf(Set.copyOf(names)));
    try {
      trial.facts().tell(seen);
      int most = mostFirings(seen);
      return trial.kie().fireAllRules(most) >= most;
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      return true;
    } finally {
      trial.kie().dispose();
    }
  }

  private static Throwable root(Throwable failure) {
    return failure.getCause() == null ? failure : root(failure.getCause());
  }

  /** What is worth collecting for the loaded rules. */
  public Asked asked() {
    return sieve.asked();
  }

  /** How many rules are loaded and not set aside. */
  public int rules() {
    return rules.size() - setAside.size();
  }

  /** The rules that fired in the last tick. */
  public Set<String> fired() {
    return session.chart().fired();
  }

  /** How many facts, limits and conclusions the session holds. */
  long facts() {
    return session.kie().getFactCount();
  }

  /** The rules that were set aside because they failed. */
  public Set<String> setAside() {
    return Set.copyOf(setAside);
  }

  /** What explains matches and what kept others from matching. */
  public Explainer explainer() {
    return explainer;
  }

  @Override
  public void close() {
    session.kie().dispose();
  }

  /** A rule that misbehaved without throwing. */
  private static final class RuleFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    RuleFault(String message) {
      super(message);
    }
  }
}

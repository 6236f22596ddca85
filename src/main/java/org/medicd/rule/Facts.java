package org.medicd.rule;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;
import org.medicd.fact.Fact;
import org.medicd.fact.Proc;
import org.medicd.fact.Snapshot;

/** What a session has been told; tells it only what changed, and only what can matter to a rule. */
final class Facts {
  private record Told(FactHandle handle, Fact fact) {}

  private final KieSession session;
  private final Sieve sieve;
  private final Map<Integer, Told> processes = new HashMap<>();
  private final Map<Object, Told> others = new HashMap<>();
  private boolean begun;

  Facts(KieSession session, Sieve sieve) {
    this.session = session;
    this.sieve = sieve;
  }

  void tell(Snapshot seen) {
    if (begun) {
      seen.stirred().forEach(pid -> tell(pid, seen.processes().get(pid), processes));
    } else {
      List<Integer> gone =
          processes.keySet().stream().filter(pid -> !seen.processes().containsKey(pid)).toList();
      gone.forEach(pid -> tell(pid, null, processes));
      seen.processes().forEach((pid, proc) -> tell(pid, proc, processes));
      begun = true;
    }
    Set<Object> present = new HashSet<>();
    seen.facts().forEach(fact -> tell(fact, present));
    seen.units().values().forEach(unit -> tell(unit, present));
    if (seen.host() != null) {
      tell(seen.host(), present);
    }
    others.keySet().stream()
        .filter(key -> !present.contains(key))
        .toList()
        .forEach(key -> tell(key, null, others));
  }

  /** Ticks were missed: the next one is compared as a whole with what was told. */
  void haveMissedTicks() {
    begun = false;
  }

  private void tell(Fact fact, Set<Object> present) {
    Object key = List.of(fact.getClass(), fact.key());
    present.add(key);
    tell(key, fact, others);
  }

  private <K> void tell(K key, @Nullable Fact fact, Map<K, Told> told) {
    Told before = told.get(key);
    boolean matters = fact != null && sieve.letsThrough(fact);
    if (before != null && !(matters && isSame(before.fact(), fact))) {
      session.delete(before.handle());
      told.remove(key);
      before = null;
    }
    if (fact == null || !matters) {
      return;
    }
    if (before == null) {
      told.put(key, new Told(session.insert(fact), fact));
    } else if (before.fact() != fact && sieve.differ(before.fact(), fact)) {
      session.update(before.handle(), fact);
      told.put(key, new Told(before.handle(), fact));
    }
  }

  /** A pid that is used again is another process. */
  private static boolean isSame(Fact before, @Nullable Fact now) {
    return !(before instanceof Proc then && now instanceof Proc proc)
        || then.id().equals(proc.id());
  }
}

package org.medicd.rule;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;
import org.medicd.fact.Proc;
import org.medicd.fact.Snapshot;

/** What a session has been told; tells it only what changed. */
final class Facts {
  private record Told(FactHandle handle, Object fact) {}

  private final KieSession session;
  private final Map<Object, Told> told = new HashMap<>();

  Facts(KieSession session) {
    this.session = session;
  }

  void tell(Snapshot seen) {
    Set<Object> present = new HashSet<>(seen.processes().size() * 2);
    for (Proc proc : seen.processes().values()) {
      tell(proc.id(), proc, present);
    }
    seen.units().forEach((name, unit) -> tell("unit " + name, unit, present));
    seen.facts().forEach(fact -> tell(List.of(fact.getClass(), fact.key()), fact, present));
    tell("host", seen.host(), present);
    told.entrySet()
        .removeIf(
            entry -> {
              boolean gone = !present.contains(entry.getKey());
              if (gone) {
                session.delete(entry.getValue().handle());
              }
              return gone;
            });
  }

  private void tell(Object key, @Nullable Object fact, Set<Object> present) {
    if (fact == null) {
      return;
    }
    present.add(key);
    Told before = told.get(key);
    if (before == null) {
      told.put(key, new Told(session.insert(fact), fact));
    } else if (before.fact() != fact && !before.fact().equals(fact)) {
      session.update(before.handle(), fact);
      told.put(key, new Told(before.handle(), fact));
    }
  }
}

package org.medicd.incident;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Lineage;
import org.medicd.fact.Subject;

/** The cases of one tick, to be found by whom they are about: of a storm there are thousands. */
final class Roll {
  private record Key(String diagnosis, Object whom) {}

  private final Map<Key, Case> open = new HashMap<>();
  private final Map<Key, List<Case>> kin = new HashMap<>();

  /**
   * @param cases the first of several about the same is the one that is found
   */
  Roll(Collection<Case> cases) {
    for (Case each : cases) {
      enter(each);
      Lineage lineage = each.affected().patient().lineage();
      if (lineage != null) {
        kin.computeIfAbsent(new Key(each.diagnosis(), lineage), key -> new ArrayList<>()).add(each);
      }
    }
  }

  /** It is about other processes from now on. */
  void enter(Case each) {
    if (each.isOpen()) {
      open.putIfAbsent(new Key(each.diagnosis(), each.affected().patient().subject()), each);
      for (Subject member : each.affected().members()) {
        open.putIfAbsent(new Key(each.diagnosis(), member), each);
      }
    }
  }

  /** The open case of that diagnosis about that subject; null: there is none. */
  @Nullable Case about(String diagnosis, Subject subject) {
    Case found = open.get(new Key(diagnosis, subject));
    return found != null && found.isOpen() && found.isAbout(diagnosis, subject) ? found : null;
  }

  /** Cases of that diagnosis and lineage, oldest first; some may have been closed lately. */
  List<Case> kin(String diagnosis, Lineage lineage) {
    return kin.getOrDefault(new Key(diagnosis, lineage), List.of());
  }
}

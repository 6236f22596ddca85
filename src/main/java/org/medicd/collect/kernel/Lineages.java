package org.medicd.collect.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Gaps;
import org.medicd.collect.Scene;
import org.medicd.fact.Births;
import org.medicd.fact.HostId;
import org.medicd.fact.Proc;
import org.medicd.fact.Subject;
import org.medicd.fact.UnitId;

/**
 * Which lineage a newborn counts for. A parent that is there to be seen is asked itself: it goes on
 * with the lineage it was born in if it runs the same program in the same unit (so that a fork
 * bomb, whose parents change all the time, stays one), else it begins its own. One that ended
 * before it was seen counts for the lineage that it was born in.
 */
final class Lineages {
  private static final int MOST = 256;
  private static final int MOST_TOLD = 20;
  private static final double LEAST_PER_SECOND = 1;
  private static final int INIT = 1;

  private record Key(Subject owner, String by) {}

  private final Map<Key, BirthLine> lines = new LinkedHashMap<>();

  /** The lineage in which a process was born, for those that were born under our eyes. */
  private final Map<Integer, BirthLine> birthLines = new HashMap<>();

  private Map<Integer, Proc> before = Map.of();
  private Scene scene = new Scene(0, Instant.EPOCH, Map.of(), List.of(), Set.of(), new Gaps());

  /** Begins a look. */
  void meet(Scene now) {
    before = scene.processes();
    scene = now;
    lines.values().removeIf(line -> !line.isActive(now.nowNanos()));
  }

  /** A birth of which the kernel told. */
  void born(int pid, int parent) {
    BirthLine line = ofParent(parent);
    if (line == null) {
      Proc child = scene.processes().get(pid);
      line = child != null ? ofOrphan(child) : null;
    }
    count(pid, line);
  }

  /** A birth that a look found: the parent may have ended meanwhile, and another adopted it. */
  void seen(Proc child) {
    Proc parent = scene.processes().get(child.parent());
    boolean adopted = child.parent() <= INIT && child.session() != child.id().pid();
    BirthLine line = adopted || parent == null ? ofOrphan(child) : ofParent(child.parent());
    count(child.id().pid(), line);
  }

  void ended(int pid) {
    birthLines.remove(pid);
  }

  /** Forgets processes whose end was not told. */
  void sweep() {
    birthLines.keySet().retainAll(scene.processes().keySet());
  }

  private void count(int pid, @Nullable BirthLine line) {
    if (line != null) {
      birthLines.put(pid, line);
      line.count(scene.nowNanos(), scene.processes().get(pid));
    }
  }

  private @Nullable BirthLine ofParent(int pid) {
    Proc parent = scene.processes().get(pid);
    BirthLine born = birthLines.get(pid);
    if (parent == null || born != null && !hasSettled(parent)) {
      return born;
    }
    if (born != null && born.goesOnWith(parent) && born.isActive(scene.nowNanos())) {
      return born;
    }
    BirthLine own = lines.get(new Key(owner(parent), program(parent)));
    if (own != null) {
      return own;
    }
    BirthLine kin = born != null ? kinOf(parent, born) : null;
    return kin != null ? kin : begin(parent, born);
  }

  private boolean hasSettled(Proc parent) {
    Proc earlier = before.get(parent.id().pid());
    return earlier != null && earlier.id().equals(parent.id());
  }

  private @Nullable BirthLine ofOrphan(Proc child) {
    BirthLine kin = kinOf(child, null);
    if (kin != null) {
      return kin;
    }
    Proc leader = scene.processes().get(child.session());
    Proc adopter = scene.processes().get(child.parent());
    Proc forebear = child.unit() != null ? child : leader != null ? leader : adopter;
    if (forebear == null) {
      return null;
    }
    BirthLine known = lines.get(new Key(owner(forebear), program(forebear)));
    return known != null ? known : begin(forebear, null);
  }

  /**
   * One that is there already, of the same program in the same session and unit: that of a sibling
   * where the process that began it all ended before it was seen.
   *
   * @param above in which it must have begun; null for any
   */
  private @Nullable BirthLine kinOf(Proc proc, @Nullable BirthLine above) {
    for (BirthLine line : lines.values()) {
      if (line.goesOnWith(proc)
          && line.session() == proc.session()
          && (above == null || line.above() == above)) {
        return line;
      }
    }
    return null;
  }

  private BirthLine begin(Proc first, @Nullable BirthLine above) {
    Subject owner = lines.size() < MOST ? owner(first) : new HostId();
    String by = lines.size() < MOST ? program(first) : "others";
    return lines.computeIfAbsent(new Key(owner, by), key -> new BirthLine(owner, by, first, above));
  }

  private static Subject owner(Proc proc) {
    return proc.unit() != null ? new UnitId(proc.unit()) : proc.id();
  }

  static String program(Proc proc) {
    return proc.executable() != null ? proc.executable() : proc.comm();
  }

  /**
   * @param watchedNanos since when births are counted
   * @param exact whether all were told
   */
  List<Births> facts(long watchedNanos, boolean exact) {
    Map<BirthLine, Double> rates = new LinkedHashMap<>();
    for (BirthLine line : lines.values()) {
      double rate = line.perSecond(scene.nowNanos(), watchedNanos);
      rates.merge(line.living(scene.processes()), rate, Double::sum);
    }
    List<Births> told = new ArrayList<>();
    rates.forEach(
        (line, rate) -> {
          if (rate >= LEAST_PER_SECOND) {
            told.add(line.fact(rate, exact));
          }
        });
    told.sort(Comparator.comparingDouble(Births::perSecond).reversed());
    return List.copyOf(told.subList(0, Math.min(MOST_TOLD, told.size())));
  }
}

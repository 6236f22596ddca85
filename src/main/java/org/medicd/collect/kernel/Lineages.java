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
import org.medicd.fact.Proc;

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

  /** Of forebears; a longer chain of living ones counts for what its lower end counted for. */
  private static final int DEEPEST = 200;

  private final Map<BirthLine.Key, BirthLine> lines = new LinkedHashMap<>();

  private final Map<Integer, Kin> kin = new HashMap<>();
  private long look;
  private Map<Integer, Proc> before = Map.of();
  private Scene scene = new Scene(0, Instant.EPOCH, Map.of(), List.of(), Set.of(), new Gaps());

  /** Begins a look. */
  void meet(Scene now) {
    look++;
    before = scene.processes();
    scene = now;
    lines.values().removeIf(line -> !line.isActive(now.nowNanos()));
  }

  /** A birth of which the kernel told. */
  void born(int pid, int parent) {
    Kin of = kin.get(parent);
    if (of == null && scene.processes().containsKey(parent)) {
      of = new Kin(parent, null);
      kin.put(parent, of);
    }
    Kin child = new Kin(pid, of);
    kin.put(pid, child);
    Proc seen = scene.processes().get(pid);
    count(of != null ? line(of, 0) : seen != null ? ofOrphan(seen) : null, seen);
  }

  /** A birth that a look found: the parent may have ended meanwhile, and another adopted it. */
  void seen(Proc child) {
    int parent = child.parent();
    boolean adopted = parent <= INIT && child.session() != child.id().pid();
    if (adopted || !scene.processes().containsKey(parent)) {
      count(ofOrphan(child), child);
    } else {
      born(child.id().pid(), parent);
    }
  }

  void ended(int pid) {
    Kin gone = kin.remove(pid);
    if (gone != null) {
      gone.end();
    }
  }

  /** Forgets processes whose end was not told. */
  void sweep() {
    kin.values()
        .removeIf(
            each -> {
              boolean gone = !scene.processes().containsKey(each.pid());
              if (gone) {
                each.end();
              }
              return gone;
            });
  }

  private void count(@Nullable BirthLine line, @Nullable Proc child) {
    if (line != null) {
      line.count(scene.nowNanos(), child);
      lines.putIfAbsent(line.key(), line);
    }
  }

  /** In which lineage a process brings forth: decided once a look. */
  private @Nullable BirthLine line(Kin of, int depth) {
    if (!of.isResolved(look) && depth < DEEPEST) {
      of.resolve(look, listed(resolved(of, depth)));
    }
    return of.line();
  }

  private @Nullable BirthLine resolved(Kin of, int depth) {
    Proc proc = of.hasEnded() ? null : scene.processes().get(of.pid());
    Kin parent = of.parent();
    if (proc == null || parent != null && !hasSettled(proc)) {
      return parent != null ? line(parent, depth + 1) : of.line();
    }
    BirthLine born = parent != null ? line(parent, depth + 1) : null;
    if (born != null && born.goesOnWith(proc)) {
      return born;
    }
    BirthLine own = of.line();
    if (own != null && own.isOf(proc)) {
      return own;
    }
    BirthLine sibling = born != null ? kinOf(proc, born) : null;
    return sibling != null ? sibling : begin(proc, born);
  }

  private boolean hasSettled(Proc parent) {
    Proc earlier = before.get(parent.id().pid());
    return earlier != null && earlier.id().equals(parent.id());
  }

  /** A lineage that was quiet for long may have been begun anew by another. */
  private @Nullable BirthLine listed(@Nullable BirthLine line) {
    return line == null ? null : lines.getOrDefault(line.key(), line);
  }

  private @Nullable BirthLine ofOrphan(Proc child) {
    BirthLine sibling = kinOf(child, null);
    if (sibling != null) {
      return sibling;
    }
    Proc leader = scene.processes().get(child.session());
    Proc adopter = scene.processes().get(child.parent());
    Proc forebear = child.unit() != null ? child : leader != null ? leader : adopter;
    return forebear == null ? null : begin(forebear, null);
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
    BirthLine own = BirthLine.of(first, above);
    BirthLine known = lines.get(own.key());
    if (known != null) {
      return known;
    }
    return lines.size() < MOST ? own : BirthLine.ofOthers(first);
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

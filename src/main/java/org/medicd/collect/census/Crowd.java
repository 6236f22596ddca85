package org.medicd.collect.census;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;

/** All processes together: what one means for others, and the table of what they are shown as. */
final class Crowd {
  private int[] pids = new int[0];
  private Proc[] shown = new Proc[0];
  private Map<Integer, Proc> table = ProcessTable.EMPTY;
  private List<Watched> named = List.of();
  private List<Integer> stirred = List.of();
  private List<Proc> born = List.of();
  private Population population = new Population(0, 0, 0);

  /** Notes who is named as a suspect; nobody else is any more. */
  void name(Set<ProcessId> suspects, Watched[] all) {
    if (named.isEmpty() && suspects.isEmpty()) {
      return;
    }
    List<Watched> now = new ArrayList<>();
    for (ProcessId id : suspects) {
      Watched found = Kin.find(id.pid(), all);
      if (found != null && found.id().equals(id)) {
        found.suspect(true);
        now.add(found);
      }
    }
    named.stream().filter(each -> !now.contains(each)).forEach(each -> each.suspect(false));
    named = now;
  }

  /** Shows anew those of whom there is something new, and returns the table of all. */
  Map<Integer, Proc> show(Roll roll, Look look) {
    for (Watched each = look.details().takeAnswered();
        each != null;
        each = look.details().takeAnswered()) {
      each.stir();
    }
    Watched[] all = roll.all();
    if (roll.kinshipChanged() || look.wanted().family()) {
      Kin.count(all, look.wanted().family());
    }
    boolean others = !roll.born().isEmpty() || !roll.ended().isEmpty();
    List<Integer> news = new ArrayList<>();
    Proc[] now = others ? new Proc[all.length] : shown;
    int zombies = 0;
    int blocked = 0;
    for (int i = 0; i < all.length; i++) {
      Watched each = all[i];
      Proc before = each.portrait().shown();
      Proc shows = each.show(look);
      if (shows != before) {
        news.add(each.pid());
        now = now == shown ? shown.clone() : now;
      }
      if (now != shown) {
        now[i] = shows;
      }
      zombies += each.stat().isZombie() ? 1 : 0;
      blocked += each.stat().state() == 'D' ? 1 : 0;
    }
    population = new Population(all.length, zombies, blocked);
    if (others) {
      pids = Arrays.stream(all).mapToInt(Watched::pid).toArray();
    }
    if (others || !news.isEmpty()) {
      shown = now;
      table = new ProcessTable(pids, now);
    }
    roll.ended().stream()
        .map(Watched::pid)
        .filter(pid -> !table.containsKey(pid))
        .forEach(news::add);
    born =
        roll.born().stream().map(each -> each.portrait().shown()).filter(Objects::nonNull).toList();
    stirred = List.copyOf(news);
    return table;
  }

  /** Pids whose record is another than in the tick before, or that have ended. */
  List<Integer> stirred() {
    return stirred;
  }

  /** Those who were not there in the tick before. */
  List<Proc> born() {
    return born;
  }

  Population population() {
    return population;
  }
}

package org.medicd.collect.census;

import org.jspecify.annotations.Nullable;
import org.medicd.fact.Proc;

/**
 * A process among its relatives: its parent, and what is counted of its children and descendants.
 */
final class Kin {
  private static final int DEEPEST = 100;

  private @Nullable Watched parent;
  private int children;
  private int zombies;
  private int processes;
  private long cpuTenths;
  private long rssBytes;
  private int shownZombies;
  private Proc.Family shown = Proc.Family.UNKNOWN;

  int zombies() {
    return shownZombies;
  }

  Proc.Family family() {
    return shown;
  }

  /** Counts all anew; those of whom there is something new to show are stirred. */
  static void count(Watched[] all, boolean families) {
    for (Watched each : all) {
      each.kin().clear();
    }
    for (Watched each : all) {
      Kin kin = each.kin();
      kin.parent = kin.parent(each, all);
      if (kin.parent != null) {
        Kin above = kin.parent.kin();
        above.zombies += each.stat().isZombie() ? 1 : 0;
        above.children += each.stat().isZombie() ? 0 : 1;
      }
    }
    if (families) {
      sum(all);
    }
    for (Watched each : all) {
      if (each.kin().showsNew(families)) {
        each.stir();
      }
    }
  }

  /** One that was found before stays found for as long as it lives. */
  private @Nullable Watched parent(Watched self, Watched[] all) {
    int pid = self.stat().parent();
    if (parent != null && parent.hasEnded()) {
      self.stir(); // it has another parent by now
    }
    return parent != null && parent.pid() == pid && !parent.hasEnded() ? parent : find(pid, all);
  }

  /** Who has this pid among all, who stand in ascending order. */
  static @Nullable Watched find(int pid, Watched[] all) {
    int low = 0;
    int high = all.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int found = all[middle].pid();
      if (found == pid) {
        return all[middle];
      }
      if (found < pid) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  /** Pids that are used again can make a ring of parents for a tick; so there is a deepest. */
  private static void sum(Watched[] all) {
    for (Watched each : all) {
      Watched above = each;
      for (int depth = 0; above != null && depth < DEEPEST; depth++) {
        Kin kin = above.kin();
        kin.processes++;
        kin.cpuTenths += each.cpuTenths();
        kin.rssBytes += each.rssBytes();
        above = kin.parent;
      }
    }
  }

  private void clear() {
    children = 0;
    zombies = 0;
    processes = 0;
    cpuTenths = 0;
    rssBytes = 0;
  }

  private boolean showsNew(boolean families) {
    boolean other = zombies != shownZombies;
    shownZombies = zombies;
    if (!families) {
      other |= shown != Proc.Family.UNKNOWN;
      shown = Proc.Family.UNKNOWN;
      return other;
    }
    if (!isShown()) {
      shown = new Proc.Family(children, processes, cpuTenths / 10.0, rssBytes);
      return true;
    }
    return other;
  }

  private boolean isShown() {
    Integer count = shown.processes();
    Integer own = shown.children();
    Double cpu = shown.cpuAvg10();
    Long rss = shown.rssBytes();
    return count != null
        && own != null
        && cpu != null
        && rss != null
        && own == children
        && count == processes
        && Math.round(cpu * 10) == cpuTenths
        && rss == rssBytes;
  }
}

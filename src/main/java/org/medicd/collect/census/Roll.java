package org.medicd.collect.census;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.ProcTree;
import org.medicd.linux.LinuxException;
import org.medicd.linux.NumberedEntries;
import org.medicd.linux.proc.HeldStats;

/** Who is there, by ascending pid. One that ends while it is looked at is just absent. */
final class Roll implements AutoCloseable {
  private final ProcTree tree;
  private final StatReader reader;
  private @Nullable NumberedEntries entries;
  private Watched[] all = new Watched[0];
  private final List<Watched> born = new ArrayList<>();
  private final List<Watched> ended = new ArrayList<>();
  private long explainedMicros;
  private long wakingMicros;
  private boolean foundInD;
  private boolean kinshipChanged;

  Roll(ProcTree tree, HeldStats held) {
    this.tree = tree;
    this.reader = new StatReader(tree, held);
  }

  /** Those of now; not to be changed. */
  Watched[] all() {
    return all;
  }

  /** Those who were not there in the tick before. */
  List<Watched> born() {
    return born;
  }

  /** Those who were. */
  List<Watched> ended() {
    return ended;
  }

  /** CPU time that those looked at in this tick have used since their looks before. */
  long explainedMicros() {
    return explainedMicros;
  }

  /** CPU time of those among them who had not been due and turned out to have woken. */
  long wakingMicros() {
    return wakingMicros;
  }

  /** Whether one that had not been due turned out to be in D. */
  boolean foundInD() {
    return foundInD;
  }

  /** Whether anybody came, went, became a zombie or got another parent. */
  boolean kinshipChanged() {
    return kinshipChanged || !born.isEmpty() || !ended.isEmpty();
  }

  /** Begins a tick. */
  void begin() {
    born.clear();
    ended.clear();
    explainedMicros = 0;
    wakingMicros = 0;
    foundInD = false;
    kinshipChanged = false;
  }

  /** Compares the list of pids with who was there. */
  void attend(Look look) {
    NumberedEntries pids = list(look);
    if (pids == null || areThoseOfBefore(pids)) {
      return;
    }
    List<Watched> present = new ArrayList<>(pids.count() + 16);
    int old = 0;
    for (int i = 0; i < pids.count(); i++) {
      int pid = pids.get(i);
      for (; old < all.length && all[old].pid() < pid; old++) {
        forget(all[old], look);
      }
      Watched one = old < all.length && all[old].pid() == pid ? all[old++] : meet(pid, null, look);
      if (one != null) {
        present.add(one);
      }
    }
    for (; old < all.length; old++) {
      forget(all[old], look);
    }
    all = present.toArray(Watched[]::new);
  }

  private boolean areThoseOfBefore(NumberedEntries pids) {
    boolean same = pids.count() == all.length;
    for (int i = 0; same && i < all.length; i++) {
      same = all[i].pid() == pids.get(i);
    }
    return same;
  }

  /** A folder that cannot be listed does not mean that all processes have ended. */
  private @Nullable NumberedEntries list(Look look) {
    try {
      NumberedEntries open = entries;
      if (open == null) {
        open = NumberedEntries.open(tree.root().toString());
        entries = open;
      }
      open.list();
      return open;
    } catch (LinuxException e) {
      look.gaps().ofHost("proc", e);
      return null;
    }
  }

  /** Has a process looked at in the next tick. */
  void stir(int pid) {
    Watched one = Kin.find(pid, all);
    if (one != null) {
      one.stir();
    }
  }

  /** Reads those who are due. */
  void readDue(Look look) {
    read(look, false, one -> one.isDue(look.tick()));
  }

  /** Reads those of these whom this tick has not read yet. */
  void readTheRest(Look look, Predicate<Watched> which) {
    read(look, true, one -> !one.wasReadIn(look.tick()) && which.test(one));
  }

  private void read(Look look, boolean rest, Predicate<Watched> which) {
    boolean holes = false;
    for (int i = 0; i < all.length; i++) {
      Watched one = all[i];
      if (!which.test(one)) {
        continue;
      }
      if (rest) {
        one.restedUntil(look.beforeNanos());
      }
      long explainedBefore = explainedMicros;
      Watched now = read(one, look);
      if (now != one) {
        holes |= now == null;
        all[i] = now;
      } else if (rest) {
        foundInD |= one.stat().state() == 'D';
        wakingMicros += Unexplained.ofWaking(explainedMicros - explainedBefore);
      }
    }
    if (holes) {
      all = Arrays.stream(all).filter(Objects::nonNull).toArray(Watched[]::new);
    }
  }

  /** The same, or who has its pid now, or null. */
  private @Nullable Watched read(Watched known, Look look) {
    try {
      int parent = known.stat().parent();
      boolean zombie = known.stat().isZombie();
      if (reader.readAgain(known)) {
        kinshipChanged |= known.stat().parent() != parent || known.stat().isZombie() != zombie;
        explainedMicros += known.plan(look);
        return known;
      }
    } catch (IOException e) {
      look.gaps().add("proc/PID/stat", "pid " + known.pid(), String.valueOf(e.getMessage()));
      known.missed();
      return known;
    }
    forget(known, look);
    return meet(known.pid(), known, look);
  }

  private @Nullable Watched meet(int pid, @Nullable Watched before, Look look) {
    try {
      Watched met = reader.meet(pid, before, look);
      if (met != null) {
        born.add(met);
      }
      return met;
    } catch (IOException e) {
      look.gaps().add("proc/PID/stat", "pid " + pid, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private void forget(Watched watched, Look look) {
    watched.end(look.groups());
    ended.add(watched);
    reader.letGo(watched);
  }

  @Override
  public void close() {
    if (entries != null) {
      entries.close();
    }
  }
}

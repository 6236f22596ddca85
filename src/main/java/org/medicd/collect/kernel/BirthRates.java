package org.medicd.collect.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Collector;
import org.medicd.collect.Scene;
import org.medicd.fact.Births;
import org.medicd.fact.Fact;
import org.medicd.linux.netlink.ProcessEvent;
import org.medicd.linux.netlink.ProcessEvent.Exited;
import org.medicd.linux.netlink.ProcessEvent.Forked;
import org.medicd.linux.netlink.ProcessEvents;

/**
 * Counts births by lineage: from what the kernel tells where it does, else from the processes that
 * the looks find.
 */
public final class BirthRates implements Collector {
  private static final long WINDOW_NANOS = 10_000_000_000L;
  private static final int LOOKS_PER_SWEEP = 60;

  /** The connector needs a moment until it is known to work. */
  private static final int LOOKS_TO_PROVE_ITSELF = 5;

  private final @Nullable ProcessEvents events;
  private final Lineages lineages = new Lineages();
  private final Deque<ProcessEvent> early = new ArrayDeque<>();
  private final Set<Integer> stirred = new HashSet<>();
  private @Nullable Long firstNanos;
  private @Nullable Long inexactNanos;
  private boolean wasLive;
  private long lost;
  private int looks;

  /**
   * @param events a listener of this collector's own; null where the kernel tells nobody
   */
  public BirthRates(@Nullable ProcessEvents events) {
    this.events = events;
  }

  @Override
  public String aspect() {
    return "births";
  }

  @Override
  public Set<Class<? extends Fact>> makes() {
    return Set.of(Births.class);
  }

  @Override
  public List<Births> look(Scene scene) {
    long now = scene.nowNanos();
    lineages.meet(scene);
    ProcessEvents told = events;
    if (told != null) {
      early.addAll(told.drain());
    }
    stirred.clear();
    boolean live = told != null && told.isLive() && wasLive;
    if (live) {
      takeEvents(now);
    } else {
      early.clear();
      if (firstNanos != null) { // in the first look all are new, and were born long ago
        scene.born().forEach(lineages::seen);
      }
    }
    if (told != null) {
      wasLive = told.isLive();
      String silence = told.silence();
      if (silence != null && looks > LOOKS_TO_PROVE_ITSELF) {
        scene.gaps().add("proc connector", "the host", silence + "; births are counted by looks");
      }
    }
    boolean complete = live && told != null && told.lost() == lost;
    lost = told != null ? told.lost() : 0;
    if (!complete) {
      inexactNanos = now;
    }
    looks++;
    if (!complete || looks % LOOKS_PER_SWEEP == 0) {
      lineages.sweep();
    }
    if (firstNanos == null) {
      firstNanos = now;
    }
    boolean exact = inexactNanos == null || now - inexactNanos >= WINDOW_NANOS;
    return lineages.facts(now - firstNanos, exact);
  }

  /**
   * Only those of before this look: a parent that was born before it and lives is then one of its
   * processes. The others wait for the next look.
   */
  private void takeEvents(long now) {
    for (ProcessEvent event = early.peek();
        event != null && event.nanos() < now;
        event = early.peek()) {
      early.remove();
      stirred.add(event.pid());
      if (event instanceof Forked forked) {
        stirred.add(forked.parent());
        lineages.born(forked.pid(), forked.parent());
      } else if (event instanceof Exited exited) {
        lineages.ended(exited.pid());
      }
    }
  }

  /** Who has brought forth, runs another program, has another name, or has ended. */
  @Override
  public Set<Integer> stirred() {
    return stirred;
  }
}

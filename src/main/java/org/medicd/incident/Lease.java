package org.medicd.incident;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.medicd.incident.Sight.UnitStanding;
import org.medicd.plan.Action;
import org.medicd.plan.Action.Trait;
import org.medicd.plan.Hold;

/**
 * What medicd holds, of one incident. A stopped, frozen or limited subject shows no symptom and is
 * not cured, so its condition is taken to hold meanwhile, and after that until it has had time to
 * show. What was let go is remembered until it is known to be undone.
 */
final class Lease {
  private final List<Hold> held = new ArrayList<>();
  private final List<Hold> toUndo = new ArrayList<>();
  private final List<Hold> undoing = new ArrayList<>();
  private List<Hold> latest = List.of();
  private Duration maskedUntil = Duration.ZERO;

  Lease(List<Hold> kept) {
    held.addAll(kept);
  }

  /** All that is held, or not known to be undone yet. */
  List<Hold> holds() {
    List<Hold> all = new ArrayList<>(held);
    all.addAll(toUndo);
    all.addAll(undoing);
    return all;
  }

  boolean isHeld() {
    return !held.isEmpty();
  }

  /** Its processes cannot run: what needs them to answer is in vain. */
  boolean keepsFromRunning() {
    return held.stream().anyMatch(hold -> !(hold instanceof Hold.Limited));
  }

  boolean isOver() {
    return held.isEmpty() && toUndo.isEmpty() && undoing.isEmpty();
  }

  /** Begins to hold: it is to be written down before anything is done. */
  void take(List<Hold> wanted) {
    latest = wanted.stream().filter(hold -> !held.contains(hold)).toList();
    held.addAll(latest);
  }

  /**
   * An action is over, and what it means for what is held.
   *
   * @param shows by when what runs again shows its condition, or is cured
   */
  void ended(Action.Kind kind, boolean acted, Duration shows) {
    if (kind.has(Trait.MASKS)) {
      cameAbout(acted);
    } else if (kind.has(Trait.SIGNALS)) {
      signalled(shows); // the actuator sends CONT after it
    } else if (acted && (kind.has(Trait.ENDS) || kind == Action.Kind.THAW)) {
      letGo(shows);
    }
  }

  /** What was taken last; of several some may be held even where that failed. */
  private void cameAbout(boolean done) {
    if (!done && latest.size() == 1) {
      held.removeAll(latest);
    }
  }

  /** All is to be undone; the condition shows by that time, or it is cured. */
  void letGo(Duration shows) {
    if (isHeld()) {
      toUndo.addAll(held);
      held.clear();
      maskedUntil = shows;
    }
  }

  /** The signal that was sent had CONT after it; all else is to be undone. */
  private void signalled(Duration shows) {
    boolean masked = held.removeIf(Hold.Stopped.class::isInstance);
    letGo(shows);
    maskedUntil = masked ? shows : maskedUntil;
  }

  /** Those who took the place of the stopped ones are not stopped. */
  void succeeded() {
    held.removeIf(Hold.Stopped.class::isInstance);
    letGo(Duration.ZERO);
    maskedUntil = Duration.ZERO;
  }

  /** What is to be undone and was not asked for before. */
  List<Hold> takeToUndo() {
    List<Hold> taken = List.copyOf(toUndo);
    undoing.addAll(taken);
    toUndo.clear();
    return taken;
  }

  boolean undone(Hold hold) {
    return undoing.remove(hold);
  }

  boolean masks(Sight sight) {
    return held.stream().anyMatch(hold -> isInForce(hold, sight))
        || (!sight.living().isEmpty() && sight.now().compareTo(maskedUntil) < 0);
  }

  private static boolean isInForce(Hold hold, Sight sight) {
    return hold instanceof Hold.Stopped stopped
        ? sight.living().contains(stopped.process())
        : !sight.living().isEmpty() || sight.unit() == UnitStanding.ACTIVE;
  }
}

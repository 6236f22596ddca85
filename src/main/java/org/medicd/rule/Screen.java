package org.medicd.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the rules ask of one type of fact: the conditions of their patterns, and the levels between
 * which a change of a field changes nothing.
 */
final class Screen {
  /** The patterns that ask for at least so much of one field, by ascending floor. */
  private record Floors(Getter getter, double[] bounds, List<List<Check>> patterns) {
    boolean letThrough(Object fact) {
      if (!(getter.of(fact) instanceof Number number)) {
        return false;
      }
      double value = number.doubleValue();
      for (int i = 0; i < bounds.length && bounds[i] <= value; i++) {
        if (allHold(patterns.get(i), fact)) {
          return true;
        }
      }
      return false;
    }
  }

  /** The levels of one field; null: every change of it counts. */
  private record Levels(Getter getter, double @Nullable [] bounds) {
    boolean differ(Object before, Object now) {
      Object then = getter.of(before);
      Object value = getter.of(now);
      return bounds == null || then == null || value == null
          ? !Objects.equals(then, value)
          : rank(bounds, then) != rank(bounds, value);
    }

    /** Below, at and above a bound are three different ranks. */
    private static int rank(double[] bounds, Object value) {
      int at = Arrays.binarySearch(bounds, ((Number) value).doubleValue());
      return at >= 0 ? 2 * at + 1 : 2 * (-at - 1);
    }
  }

  private final List<Floors> floors;
  private final List<List<Check>> others;
  private final List<Levels> levels;

  /**
   * @param patterns the checks of each pattern; one without any lets everything through
   * @param whole fields of which every change counts
   */
  Screen(String fact, List<List<Check>> patterns, Set<String> whole) {
    Map<String, List<List<Check>>> byFloor = new HashMap<>();
    List<List<Check>> rest = new ArrayList<>();
    for (List<Check> checks : patterns) {
      checks.stream()
          .filter(Check::isFloor)
          .findFirst()
          .ifPresentOrElse(
              floor -> byFloor.computeIfAbsent(floor.field(), f -> new ArrayList<>()).add(checks),
              () -> rest.add(checks));
    }
    others = List.copyOf(rest);
    floors = byFloor.entrySet().stream().map(e -> floors(e.getKey(), e.getValue())).toList();
    levels = levels(fact, patterns.stream().flatMap(List::stream).toList(), whole);
  }

  private static List<Levels> levels(String fact, List<Check> checks, Set<String> whole) {
    Map<String, Set<Double>> bounds = new HashMap<>();
    Set<String> each = new HashSet<>(whole);
    for (Check check : checks) {
      if (check.bound() == null) {
        each.add(check.field());
      } else {
        bounds.computeIfAbsent(check.field(), f -> new TreeSet<>()).add(check.bound());
      }
    }
    bounds.keySet().removeAll(each);
    return Stream.concat(
            each.stream().map(field -> new Levels(getter(fact, field), null)),
            bounds.entrySet().stream()
                .map(e -> new Levels(getter(fact, e.getKey()), sorted(e.getValue()))))
        .toList();
  }

  private static Floors floors(String field, List<List<Check>> patterns) {
    List<List<Check>> ascending =
        patterns.stream().sorted(Comparator.comparing(checks -> floor(field, checks))).toList();
    double[] bounds = ascending.stream().mapToDouble(checks -> floor(field, checks)).toArray();
    Getter getter =
        ascending.get(0).stream()
            .filter(c -> c.field().equals(field))
            .findFirst()
            .orElseThrow()
            .getter();
    return new Floors(getter, bounds, ascending);
  }

  private static double floor(String field, List<Check> checks) {
    return checks.stream()
        .filter(check -> check.isFloor() && check.field().equals(field))
        .map(check -> Objects.requireNonNull(check.bound()))
        .findFirst()
        .orElseThrow();
  }

  private static Getter getter(String fact, String field) {
    return Getter.along(Objects.requireNonNull(FactFields.find(fact, field)).getters());
  }

  private static double[] sorted(Set<Double> bounds) {
    return bounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  private static boolean allHold(List<Check> checks, Object fact) {
    for (Check check : checks) {
      if (!check.holds(fact)) {
        return false;
      }
    }
    return true;
  }

  /** Whether any pattern may match it. */
  boolean letsThrough(Object fact) {
    for (Floors each : floors) {
      if (each.letThrough(fact)) {
        return true;
      }
    }
    for (List<Check> checks : others) {
      if (allHold(checks, fact)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a rule could tell these two apart. */
  boolean differ(Object before, Object now) {
    for (Levels each : levels) {
      if (each.differ(before, now)) {
        return true;
      }
    }
    return false;
  }
}

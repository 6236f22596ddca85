package org.medicd.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The thresholds and durations of all rules, by diagnosis and name. Rules ask for a value by the
 * kind that it must have; asking for one that is not there is a mistake in the rule and throws.
 */
public final class Limits {
  private final Map<String, Map<String, Limit>> byDiagnosis;

  private Limits(Map<String, Map<String, Limit>> byDiagnosis) {
    this.byDiagnosis = byDiagnosis;
  }

  /** Those of the shipped rules. */
  public static Limits defaults() {
    return new Limits(Map.of()).with(ShippedLimit.ALL.stream().map(ShippedLimit::limit).toList());
  }

  /** These, with the others added or put in the place of those of the same name. */
  public Limits with(Collection<Limit> others) {
    Map<String, Map<String, Limit>> merged = new LinkedHashMap<>();
    byDiagnosis.forEach((diagnosis, names) -> merged.put(diagnosis, new LinkedHashMap<>(names)));
    for (Limit limit : others) {
      merged
          .computeIfAbsent(limit.diagnosis(), d -> new LinkedHashMap<>())
          .put(limit.name(), limit);
    }
    return new Limits(merged);
  }

  /**
   * A plain number or a percentage.
   *
   * @throws IllegalArgumentException if there is no such limit, or it is of another kind
   */
  public double number(String diagnosis, String name) {
    return value(diagnosis, name, Limit::number, "a number");
  }

  /**
   * An amount of bytes.
   *
   * @throws IllegalArgumentException if there is no such limit, or it is of another kind
   */
  public long bytes(String diagnosis, String name) {
    return value(diagnosis, name, Limit::bytes, "a size");
  }

  /**
   * A duration in milliseconds.
   *
   * @throws IllegalArgumentException if there is no such limit, or it is of another kind
   */
  public long millis(String diagnosis, String name) {
    return value(diagnosis, name, Limit::millis, "a duration");
  }

  /**
   * A duration in seconds, to compare with fields that are in seconds.
   *
   * @throws IllegalArgumentException if there is no such limit, or it is of another kind
   */
  public double seconds(String diagnosis, String name) {
    return millis(diagnosis, name) / 1000.0;
  }

  /** Those of one diagnosis. */
  public Collection<Limit> of(String diagnosis) {
    return List.copyOf(byDiagnosis.getOrDefault(diagnosis, Map.of()).values());
  }

  /** Every limit, to be told to the rules as facts. */
  public Collection<Limit> all() {
    List<Limit> all = new ArrayList<>();
    byDiagnosis.values().forEach(names -> all.addAll(names.values()));
    return List.copyOf(all);
  }

  /** Null where there is none of that name. */
  public @Nullable Limit find(String diagnosis, String name) {
    return byDiagnosis.getOrDefault(diagnosis, Map.of()).get(name);
  }

  private <T> T value(
      String diagnosis, String name, Function<Limit, @Nullable T> kind, String wanted) {
    Limit limit = find(diagnosis, name);
    if (limit == null) {
      throw new IllegalArgumentException(unknown(diagnosis, name));
    }
    T value = kind.apply(limit);
    if (value == null) {
      throw new IllegalArgumentException(
          "limit " + diagnosis + "." + name + " is " + limit.kind() + ", not " + wanted);
    }
    return value;
  }

  private String unknown(String diagnosis, String name) {
    String message = "there is no limit " + Quoted.of(diagnosis + "." + name);
    List<String> known = all().stream().map(l -> l.diagnosis() + "." + l.name()).toList();
    String nearest = Nearest.closest(diagnosis + "." + name, known);
    return nearest == null ? message : message + ", the nearest one is " + Quoted.of(nearest);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Limits limits && byDiagnosis.equals(limits.byDiagnosis);
  }

  @Override
  public int hashCode() {
    return byDiagnosis.hashCode();
  }

  @Override
  public String toString() {
    return byDiagnosis.toString();
  }
}

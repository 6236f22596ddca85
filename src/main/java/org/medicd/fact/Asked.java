package org.medicd.fact;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the loaded rules ask for: nothing else is worth collecting.
 *
 * @param fields by the simple name of a fact, the fields of it that some rule uses, as Proc →
 *     cpuAvg10, io.readBytesPerSecond
 */
public record Asked(Map<String, Set<String>> fields) {
  public static final Asked NOTHING = new Asked(Map.of());

  public Asked {
    fields = Map.copyOf(fields);
  }

  /** What either asks for. */
  public Asked and(Asked other) {
    Map<String, Set<String>> both = new HashMap<>(fields);
    other.fields.forEach(
        (fact, names) ->
            both.merge(
                fact,
                names,
                (a, b) -> Stream.concat(a.stream(), b.stream()).collect(Collectors.toSet())));
    return new Asked(both);
  }

  /** Whether any rule matches facts of this type. */
  public boolean about(Class<? extends Fact> type) {
    return fields.containsKey(type.getSimpleName());
  }

  /** Whether any rule uses this field. */
  public boolean about(Class<? extends Fact> type, String field) {
    return fields.getOrDefault(type.getSimpleName(), Set.of()).contains(field);
  }
}

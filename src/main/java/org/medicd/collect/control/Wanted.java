package org.medicd.collect.control;

import java.util.Set;
import org.medicd.fact.Asked;
import org.medicd.fact.Cgroup;

/** The groups of fields of a Cgroup that some rule asks for; each costs files of its own. */
record Wanted(
    boolean state,
    boolean cpu,
    boolean memory,
    boolean memoryStat,
    boolean events,
    boolean pids,
    boolean pressure) {
  static final Wanted NOTHING = new Wanted(false, false, false, false, false, false, false);

  static Wanted of(Asked asked) {
    Set<String> fields = asked.fields().getOrDefault(Cgroup.class.getSimpleName(), Set.of());
    return new Wanted(
        fields.contains("frozen") || fields.contains("populated"),
        within("cpu", fields),
        within("memory", fields),
        fields.contains("memory")
            || fields.contains("memory.anonBytes")
            || fields.contains("memory.fileBytes"),
        within("events", fields),
        within("pids", fields),
        within("pressure", fields));
  }

  private static boolean within(String group, Set<String> fields) {
    return fields.stream().anyMatch(field -> field.equals(group) || field.startsWith(group + "."));
  }
}

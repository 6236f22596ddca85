package org.medicd.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the limits. Those of the shipped rules must be of their kind; what a user's pack adds is
 * taken by its form, unless its name looks like a slip for a shipped one: a threshold that is not
 * the one that was meant would be found out too late.
 */
final class LimitsReader {
  private static final String RAISE = "raise-percent";
  private static final String CLEAR = "clear-percent";

  private final Section section;
  private final List<Limit> given = new ArrayList<>();

  LimitsReader(Section section) {
    this.section = section;
  }

  Limits read() {
    List<String> shipped = ShippedLimit.diagnoses();
    Set<String> diagnoses = new LinkedHashSet<>(shipped);
    diagnoses.addAll(section.keys());
    for (String diagnosis : diagnoses) {
      if (shipped.contains(diagnosis) || isNew(section, diagnosis, shipped)) {
        readNames(diagnosis, section.section(diagnosis));
      }
    }
    return Limits.defaults().with(given);
  }

  private void readNames(String diagnosis, Section names) {
    List<String> shipped = ShippedLimit.namesOf(diagnosis);
    Set<String> all = new LinkedHashSet<>(shipped);
    all.addAll(names.keys());
    for (String name : all) {
      if (shipped.contains(name) || isNew(names, name, shipped)) {
        Limit limit = names.value(name, text -> parse(diagnosis, name, text));
        if (limit != null) {
          given.add(limit);
        }
      }
    }
    if (shipped.contains(RAISE) && shipped.contains(CLEAR)) {
      checkLevels(diagnosis, names);
    }
  }

  private static Limit parse(String diagnosis, String name, String text) {
    ShippedLimit shipped = ShippedLimit.find(diagnosis, name);
    LimitKind kind = shipped != null ? shipped.kind() : LimitKind.ofForm(text);
    return kind.parse(diagnosis, name, text);
  }

  private static boolean isNew(Section section, String key, List<String> shipped) {
    if (Nearest.slip(key, shipped) != null) {
      section.unknown(key, shipped);
      return false;
    }
    try {
      Values.name(key);
      return true;
    } catch (Unfit e) {
      section.problem(key, "key " + e.getMessage());
      return false;
    }
  }

  private void checkLevels(String diagnosis, Section names) {
    Limits limits = Limits.defaults().with(given);
    double raise = limits.number(diagnosis, RAISE);
    double clear = limits.number(diagnosis, CLEAR);
    if (clear >= raise) {
      String blamed = names.keys().contains(CLEAR) ? CLEAR : RAISE;
      String levels = CLEAR + " (" + clear + ") must be below " + RAISE + " (" + raise + ")";
      names.problem(blamed, Quoted.of(section.pathOf(diagnosis)) + ": " + levels);
    }
  }
}

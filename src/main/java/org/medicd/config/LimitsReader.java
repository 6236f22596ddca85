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
  private static final String RAISE = "raise-";
  private static final String CLEAR = "clear-";

  private final Section section;
  private final Limits otherwise;
  private final List<Limit> given = new ArrayList<>();

  LimitsReader(Section section, Limits otherwise) {
    this.section = section;
    this.otherwise = otherwise;
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
    return otherwise.with(given);
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
    for (String raise : shipped) {
      String clear = CLEAR + raise.substring(Math.min(RAISE.length(), raise.length()));
      if (raise.startsWith(RAISE) && shipped.contains(clear)) {
        checkLevels(diagnosis, raise, clear, names);
      }
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

  private void checkLevels(String diagnosis, String raise, String clear, Section names) {
    Limits limits = otherwise.with(given);
    Limit raises = limits.find(diagnosis, raise);
    Limit clears = limits.find(diagnosis, clear);
    if (raises != null && clears != null && clears.value() >= raises.value()) {
      String blamed = names.keys().contains(clear) ? clear : raise;
      String levels = clear + " (" + clears.text() + ") must be below " + raise;
      names.problem(
          blamed,
          Quoted.of(section.pathOf(diagnosis)) + ": " + levels + " (" + raises.text() + ")");
    }
  }
}

package org.medicd.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Patient;

/**
 * Whom a silence is about: patterns, all of which must match. "diagnosis=…", "unit=…", "process=…"
 * and "user=…" name what they are about; a bare word may be any but a user. A unit may be given
 * without .service, and a process is known by its executable, as in scope and protect.
 */
public final class SilenceMatch {
  private enum Key {
    ANY,
    DIAGNOSIS,
    UNIT,
    PROCESS,
    USER
  }

  private record Term(Key key, NamePattern pattern) {}

  private final List<Term> terms = new ArrayList<>();

  private SilenceMatch() {}

  /**
   * @throws IllegalArgumentException says what is wrong with a word
   */
  public static SilenceMatch parse(List<String> words) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a silence needs to know whom it is about: '*' is all");
    }
    SilenceMatch match = new SilenceMatch();
    words.forEach(word -> match.terms.add(term(word)));
    return match;
  }

  private static Term term(String word) {
    int equals = word.indexOf('=');
    String text = word.substring(equals + 1);
    if (text.isBlank() || text.length() > 256) {
      throw new IllegalArgumentException("'" + word + "' names nobody");
    }
    return new Term(equals < 0 ? Key.ANY : key(word.substring(0, equals)), NamePattern.of(text));
  }

  private static Key key(String name) {
    return switch (name) {
      case "diagnosis" -> Key.DIAGNOSIS;
      case "unit" -> Key.UNIT;
      case "process" -> Key.PROCESS;
      case "user" -> Key.USER;
      default ->
          throw new IllegalArgumentException(
              "'%s' is nothing to match by: known are diagnosis, unit, process and user"
                  .formatted(name.toLowerCase(Locale.ROOT)));
    };
  }

  /** Whether it is about this diagnosis of that patient. */
  public boolean matches(String diagnosis, Patient patient) {
    return terms.stream().allMatch(term -> matches(term, diagnosis, patient));
  }

  private static boolean matches(Term term, String diagnosis, Patient patient) {
    NamePattern pattern = term.pattern();
    return switch (term.key()) {
      case DIAGNOSIS -> pattern.matches(diagnosis);
      case UNIT -> isUnit(pattern, patient.unit());
      case PROCESS -> isProgram(pattern, patient.executable());
      case USER -> patient.user() != null && pattern.matches(patient.user());
      case ANY ->
          pattern.matches(diagnosis)
              || isUnit(pattern, patient.unit())
              || isProgram(pattern, patient.executable());
    };
  }

  private static boolean isUnit(NamePattern pattern, @Nullable String unit) {
    if (unit == null) {
      return false;
    }
    String service = ".service";
    boolean bare =
        unit.endsWith(service)
            && pattern.matches(unit.substring(0, unit.length() - service.length()));
    return bare || pattern.matches(unit);
  }

  private static boolean isProgram(NamePattern pattern, @Nullable String executable) {
    return executable != null
        && pattern.matches(
            pattern.isOfPath()
                ? executable
                : executable.substring(executable.lastIndexOf('/') + 1));
  }
}

package org.medicd.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.DeviceId;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.Subject;
import org.medicd.fact.UnitId;
import org.medicd.plan.Patient;

/**
 * Which incidents a silence or a maintenance window is about: patterns, all of which must match.
 * "diagnosis=…", "rule=…", "unit=…", "process=…", "user=…" and "subject=…" name what they are
 * about; a bare word may be any of them but a rule or a user. A unit may be given without .service,
 * a process is known by its executable, as in scope and protect, and of other subjects a file
 * system by its mount point and a device by its name.
 */
public final class IncidentMatch {
  private enum Key {
    ANY,
    DIAGNOSIS,
    RULE,
    UNIT,
    PROCESS,
    USER,
    SUBJECT
  }

  private static final List<String> KEYS =
      List.of("diagnosis", "rule", "unit", "process", "user", "subject");

  private record Term(Key key, NamePattern pattern) {}

  private final List<Term> terms = new ArrayList<>();

  private IncidentMatch() {}

  /**
   * @throws IllegalArgumentException says what is wrong with a word
   */
  public static IncidentMatch parse(List<String> words) {
    if (words.isEmpty()) {
      throw new Unfit("it must be said whom it is about: '*' is all");
    }
    IncidentMatch match = new IncidentMatch();
    words.forEach(word -> match.terms.add(term(word)));
    return match;
  }

  private static Term term(String word) {
    int equals = word.indexOf('=');
    String text = word.substring(equals + 1);
    if (text.isBlank() || text.length() > 256) {
      throw new Unfit(Quoted.of(word) + " names nobody");
    }
    return new Term(equals < 0 ? Key.ANY : key(word.substring(0, equals)), NamePattern.of(text));
  }

  private static Key key(String name) {
    return switch (name) {
      case "diagnosis" -> Key.DIAGNOSIS;
      case "rule" -> Key.RULE;
      case "unit" -> Key.UNIT;
      case "process" -> Key.PROCESS;
      case "user" -> Key.USER;
      case "subject" -> Key.SUBJECT;
      default ->
          throw new Unfit(
              Quoted.of(name) + " is nothing to match by: known are " + String.join(", ", KEYS),
              Nearest.to(name, KEYS));
    };
  }

  /** Whether it is about this diagnosis, which that rule concluded, of that patient. */
  public boolean matches(String diagnosis, String rule, Patient patient) {
    return terms.stream().allMatch(term -> matches(term, diagnosis, rule, patient));
  }

  private static boolean matches(Term term, String diagnosis, String rule, Patient patient) {
    NamePattern pattern = term.pattern();
    return switch (term.key()) {
      case DIAGNOSIS -> pattern.matches(diagnosis);
      case RULE -> pattern.matches(rule);
      case UNIT -> isUnit(pattern, patient.unit());
      case PROCESS -> isProgram(pattern, patient.executable());
      case USER -> patient.user() != null && pattern.matches(patient.user());
      case SUBJECT -> isSubject(pattern, patient.subject());
      case ANY ->
          pattern.matches(diagnosis)
              || isUnit(pattern, patient.unit())
              || isProgram(pattern, patient.executable())
              || isSubject(pattern, patient.subject());
    };
  }

  private static boolean isSubject(NamePattern pattern, Subject subject) {
    String name = nameOf(subject);
    return name != null && pattern.matches(name);
  }

  /** What a subject is matched by; null: nothing that lasts. */
  public static @Nullable String nameOf(Subject subject) {
    if (subject instanceof FilesystemId filesystem) {
      return filesystem.mountPoint();
    } else if (subject instanceof DeviceId device) {
      return device.name();
    } else if (subject instanceof UnitId unit) {
      return unit.name();
    }
    return null;
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

package org.medicd.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Limits;

/**
 * One constraint of a pattern, read well enough to explain it: a field compared with a literal or a
 * limit, or a flag. Others are kept as text and not judged.
 *
 * @param text as the author wrote it
 * @param field of the fact; null where the constraint is of another form
 * @param operator as ">="; "is" and "not" for flags; empty where not understood
 * @param right the other side as text
 */
public record Condition(String text, @Nullable String field, String operator, String right) {
  private static final Pattern COMPARISON =
      Pattern.compile("(?:\\$\\w+\\s*:\\s*)?([\\w.]+)\\s*(>=|<=|==|!=|>|<)\\s*(.+)");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[0-9][0-9_]*(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?[lLdDfF]?");
  private static final Pattern FLAG = Pattern.compile("(!?)\\s*([a-z][\\w.]*)");
  private static final Pattern LIMIT =
      Pattern.compile(
          "limits\\.(number|bytes|millis|seconds)\\(\\s*\"([^\"]*)\"\\s*,\\s*\"([^\"]*)\"\\s*\\)");

  /** Cuts a constraint at its top-level "&&". */
  static List<Condition> split(String constraint) {
    List<Condition> parts = new ArrayList<>();
    for (String part : constraint.split("&&")) {
      parts.add(of(part.strip()));
    }
    return parts;
  }

  /** What is not understood, as one condition or another, has no field. */
  static Condition of(String text) {
    if (text.contains("||")) {
      return new Condition(text, null, "", "");
    }
    Matcher comparison = COMPARISON.matcher(text);
    if (comparison.matches()) {
      return new Condition(
          text, comparison.group(1), comparison.group(2), comparison.group(3).strip());
    }
    Matcher flag = FLAG.matcher(text);
    if (flag.matches()) {
      return new Condition(text, flag.group(2), flag.group(1).isEmpty() ? "is" : "not", "true");
    }
    return new Condition(text, null, "", "");
  }

  /** The limits that the text asks for, as "diagnosis.name" pairs with the method. */
  static List<String[]> limitsIn(String text) {
    List<String[]> found = new ArrayList<>();
    Matcher limit = LIMIT.matcher(text);
    while (limit.find()) {
      found.add(new String[] {limit.group(1), limit.group(2), limit.group(3)});
    }
    return found;
  }

  /** Whether it holds for this value of the field; null where that cannot be told. */
  @Nullable Boolean holds(@Nullable Object value, Limits limits) {
    if (operator.isEmpty()) {
      return null;
    }
    if (value instanceof Boolean flag && !operator.matches("[<>]=?")) {
      return flag == (operator.equals("is") || right.equals("true") == operator.equals("=="));
    }
    if (right.equals("null")) {
      return operator.equals("==") == (value == null);
    }
    Object wanted = needs(limits);
    if (wanted == null) {
      return null;
    }
    if (value == null) {
      return operator.equals("!=");
    }
    if (wanted instanceof Number limit && value instanceof Number) {
      return holds(value, limit.doubleValue());
    }
    boolean equal = String.valueOf(value).equals(wanted);
    return switch (operator) {
      case "==" -> Boolean.valueOf(equal);
      case "!=" -> Boolean.valueOf(!equal);
      default -> null;
    };
  }

  /** Whether a comparison with this number holds, as the engine has it: unknown differs only. */
  boolean holds(@Nullable Object value, double bound) {
    return value instanceof Number left
        ? compare(Double.compare(left.doubleValue(), bound))
        : operator.equals("!=");
  }

  /** Whether {@link #holds} knows an answer. */
  boolean isJudged(Limits limits) {
    return isFlag()
        || right.equals("null")
        || (operator.equals("==") || operator.equals("!=")) && needs(limits) != null;
  }

  private boolean compare(int order) {
    return switch (operator) {
      case ">=" -> order >= 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case "<" -> order < 0;
      case "==" -> order == 0;
      default -> order != 0;
    };
  }

  boolean isFlag() {
    return operator.equals("is") || operator.equals("not");
  }

  /** The other side as a value: a limit, a number or a string; null where it is none of these. */
  @Nullable Object needs(Limits limits) {
    Matcher limit = LIMIT.matcher(right);
    if (limit.matches()) {
      try {
        return value(limit, limits);
      } catch (IllegalArgumentException e) {
        return null; // no such limit, or of another kind: a lint says so
      }
    }
    if (right.startsWith("\"") && right.endsWith("\"") && right.length() > 1) {
      return right.substring(1, right.length() - 1);
    }
    return NUMBER.matcher(right).matches()
        ? Double.valueOf(right.replaceAll("[lLdDfF_]", ""))
        : null;
  }

  private static Object value(Matcher limit, Limits limits) {
    return switch (limit.group(1)) {
      case "number" -> limits.number(limit.group(2), limit.group(3));
      case "seconds" -> limits.seconds(limit.group(2), limit.group(3));
      case "bytes" -> limits.bytes(limit.group(2), limit.group(3));
      default -> limits.millis(limit.group(2), limit.group(3));
    };
  }
}

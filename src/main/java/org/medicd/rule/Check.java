package org.medicd.rule;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Limits;

/**
 * One condition of a pattern, ready to be asked of many facts.
 *
 * @param condition as it was written
 * @param field of the fact that it is about
 * @param getter of that field
 * @param bound the number that it compares with; null where it compares with none
 * @param holds what it asks of the field's value
 */
record Check(
    Condition condition,
    String field,
    Getter getter,
    @Nullable Double bound,
    Predicate<@Nullable Object> holds) {

  /** Null for a condition of a form that only the rule engine understands. */
  static @Nullable Check of(String fact, Condition condition, Limits limits) {
    FactFields.Field field =
        condition.field() == null ? null : FactFields.find(fact, condition.field());
    if (field == null || condition.text().contains(":")) {
      return null;
    }
    Getter getter = Getter.along(field.getters());
    Object needs = condition.isFlag() ? null : condition.needs(limits);
    boolean isNumber = field.type().isPrimitive() || Number.class.isAssignableFrom(field.type());
    if (needs instanceof Number number && isNumber && field.type() != boolean.class) {
      double bound = number.doubleValue();
      return new Check(
          condition, field.path(), getter, bound, value -> condition.holds(value, bound));
    }
    if (!condition.isJudged(limits)) {
      return null;
    }
    return new Check(
        condition,
        field.path(),
        getter,
        null,
        value -> !Boolean.FALSE.equals(condition.holds(value, limits)));
  }

  boolean holds(Object fact) {
    return holds.test(getter.of(fact));
  }

  /** Whether it asks for at least a number. */
  boolean isFloor() {
    return bound != null && condition.operator().startsWith(">");
  }
}

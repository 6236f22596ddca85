package org.medicd.rule;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Limit;
import org.medicd.fact.Host;
import org.medicd.fact.Pressure;
import org.medicd.fact.Proc;
import org.medicd.fact.Unit;
import org.medicd.plan.Diagnosis;
import org.medicd.plan.Symptom;

/** The vocabulary of rules: every fact with its fields, read off the records themselves. */
final class FactFields {
  private static final Map<String, Class<?>> FACTS =
      Stream.of(
              Proc.class,
              Host.class,
              Pressure.class,
              Unit.class,
              Limit.class,
              Symptom.class,
              Diagnosis.class)
          .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

  private FactFields() {}

  /** The fields of a fact by its simple name; empty for a type that is not of the vocabulary. */
  static List<String> of(String fact) {
    Class<?> type = FACTS.get(fact);
    return type == null
        ? List.of()
        : Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  /** The type of a field; null where the fact or the field is not known. */
  static @Nullable Class<?> typeOf(String fact, String field) {
    Class<?> type = FACTS.get(fact);
    return type == null
        ? null
        : Arrays.stream(type.getRecordComponents())
            .filter(component -> component.getName().equals(field))
            .<Class<?>>map(RecordComponent::getType)
            .findFirst()
            .orElse(null);
  }

  /** The names of all facts. */
  static List<String> facts() {
    return FACTS.keySet().stream().sorted().toList();
  }

  /** The value of a field; null also where the record has no such field. */
  static @Nullable Object value(Object fact, String field) {
    for (RecordComponent component : fact.getClass().getRecordComponents()) {
      if (component.getName().equals(field)) {
        try {
          return component.getAccessor().invoke(fact);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException("a record's accessor failed: " + component, e);
        }
      }
    }
    return null;
  }
}

package org.medicd.rule;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Limit;
import org.medicd.fact.Fact;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Subject;
import org.medicd.plan.Diagnosis;
import org.medicd.plan.Symptom;

/**
 * The vocabulary of rules: every fact with its fields, read off the records themselves. A group of
 * fields is reached into with a dot, as io.readBytesPerSecond.
 */
final class FactFields {
  /**
   * One field.
   *
   * @param path as rules write it
   * @param type what it holds
   * @param getters from the fact to the value
   */
  record Field(String path, Class<?> type, List<Method> getters) {
    /** Whether it, or a group on the way to it, may be unknown. */
    boolean isNullable() {
      return getters.stream()
          .anyMatch(getter -> getter.getAnnotatedReturnType().isAnnotationPresent(Nullable.class));
    }

    /** Null also where a group on the way is. */
    @Nullable Object value(Object fact) {
      Object value = fact;
      for (Method getter : getters) {
        value = value == null ? null : invoke(getter, value);
      }
      return value;
    }

    private static @Nullable Object invoke(Method getter, Object target) {
      try {
        return getter.invoke(target);
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("a getter of a fact failed: " + getter, e);
      }
    }
  }

  private static final Set<String> NO_FIELDS =
      Set.of("key", "toString", "hashCode", "unitName", "words");
  private static final Map<String, Class<?>> FACTS =
      Stream.concat(
              Arrays.stream(Fact.class.getPermittedSubclasses()),
              Stream.of(Limit.class, Symptom.class, Diagnosis.class))
          .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));
  private static final Map<Class<?>, Map<String, Field>> FIELDS =
      FACTS.values().stream().collect(Collectors.toMap(Function.identity(), FactFields::fields));

  private FactFields() {}

  private static Map<String, Field> fields(Class<?> type) {
    Map<String, Field> fields = new LinkedHashMap<>();
    collect("", type, List.of(), fields);
    return fields;
  }

  /** Components first, in their order; then what a record can be asked beside them. */
  private static void collect(
      String prefix, Class<?> type, List<Method> before, Map<String, Field> fields) {
    for (RecordComponent component : type.getRecordComponents()) {
      put(prefix, component.getAccessor(), before, fields);
    }
    Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
        .filter(method -> method.getParameterCount() == 0)
        .filter(method -> !NO_FIELDS.contains(method.getName()))
        .filter(method -> !fields.containsKey(prefix + method.getName()))
        .sorted(java.util.Comparator.comparing(Method::getName))
        .forEach(method -> put(prefix, method, before, fields));
  }

  private static void put(
      String prefix, Method getter, List<Method> before, Map<String, Field> fields) {
    String path = prefix + getter.getName();
    List<Method> getters = Stream.concat(before.stream(), Stream.of(getter)).toList();
    Class<?> type = getter.getReturnType();
    fields.put(path, new Field(path, type, getters));
    if (isGroup(type)) {
      collect(path + ".", type, getters, fields);
    }
  }

  /** Subjects name things; they are compared as a whole. */
  private static boolean isGroup(Class<?> type) {
    return type.isRecord() && !Subject.class.isAssignableFrom(type) || type == ProcessId.class;
  }

  /** The fields of a fact by its simple name; empty for a type that is not of the vocabulary. */
  static Set<String> of(String fact) {
    Class<?> type = FACTS.get(fact);
    return type == null ? Set.of() : FIELDS.getOrDefault(type, Map.of()).keySet();
  }

  /** Whether a condition asks for something that this fact does not have. */
  static boolean misses(String fact, String path) {
    String asked = path.startsWith("this.") ? path.substring("this.".length()) : path;
    int dot = asked.indexOf('.');
    Field head = dot < 0 ? null : find(fact, asked.substring(0, dot));
    boolean reachesIntoAValue = head != null && !isGroup(head.type());
    return find(fact, asked) == null && !reachesIntoAValue;
  }

  /** Null where the fact or the field is not known. */
  static @Nullable Field find(String fact, String field) {
    Class<?> type = FACTS.get(fact);
    return type == null ? null : FIELDS.getOrDefault(type, Map.of()).get(field);
  }

  /** The type of a field; null where the fact or the field is not known. */
  static @Nullable Class<?> typeOf(String fact, String field) {
    Field found = find(fact, field);
    return found == null ? null : found.type();
  }

  /** The names of all facts. */
  static List<String> facts() {
    return FACTS.keySet().stream().sorted().toList();
  }

  /** The value of a field; null also where the record has no such field. */
  static @Nullable Object value(Object fact, String field) {
    Field found = FIELDS.getOrDefault(fact.getClass(), Map.of()).get(field);
    return found == null ? null : found.value(fact);
  }
}

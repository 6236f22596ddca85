package org.medicd.record;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How records of one type are taken apart and put together. By plain reflection: method handles
 * would cost a daemon that begins a tenth of a second.
 */
public final class Shape {
  /**
   * One component.
   *
   * @param name as it is declared
   * @param type raw
   * @param nullable whether it may be unknown
   * @param getter its accessor
   */
  public record Part(String name, Class<?> type, boolean nullable, Method getter) {
    public @Nullable Object of(Object record) {
      try {
        return getter.invoke(record);
      } catch (ReflectiveOperationException e) { // accessors of facts and plans throw nothing
        throw new IllegalStateException("cannot read " + name + " of " + record, e);
      }
    }
  }

  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          try {
            return new Shape(type);
          } catch (ReflectiveOperationException e) {
            throw new LinkageError("not a record that can be taken apart: " + type, e);
          }
        }
      };

  private final Class<?> type;
  private final List<Part> parts;
  private final Constructor<?> constructor;

  private Shape(Class<?> type) throws ReflectiveOperationException {
    this.type = type;
    List<Part> found = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      component.getAccessor().setAccessible(true); // public anyway: spares a check at each call
      found.add(
          new Part(
              component.getName(),
              component.getType(),
              component.getAnnotatedType().isAnnotationPresent(Nullable.class),
              component.getAccessor()));
    }
    parts = List.copyOf(found);
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    constructor = type.getConstructor(types);
    constructor.setAccessible(true);
  }

  /** Of a public record. */
  public static Shape of(Class<?> type) {
    return SHAPES.get(type);
  }

  public Class<?> type() {
    return type;
  }

  /** Its components in order. */
  public List<Part> parts() {
    return parts;
  }

  /** Null where it has none of that name. */
  public @Nullable Part part(String name) {
    return parts.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
  }

  /** The values of a record's components, in order. */
  public @Nullable Object[] values(Object record) {
    @Nullable Object[] values = new @Nullable Object[parts.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = parts.get(i).of(record);
    }
    return values;
  }

  /**
   * A record of these values.
   *
   * @throws IllegalArgumentException where it refuses them
   */
  public Object make(@Nullable Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("no " + type.getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  /** The same record with one component replaced. */
  public Object with(Object record, String part, @Nullable Object value) {
    @Nullable Object[] values = values(record);
    for (int i = 0; i < values.length; i++) {
      if (parts.get(i).name().equals(part)) {
        values[i] = value;
      }
    }
    return make(values);
  }
}

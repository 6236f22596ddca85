package org.medicd.record;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How records of one type are taken apart and put together. */
public final class Shape {
  /**
   * One component.
   *
   * @param name as it is declared
   * @param type raw
   * @param generic with its arguments
   * @param nullable whether it may be unknown
   * @param getter (Object) → Object
   */
  public record Part(
      String name, Class<?> type, Type generic, boolean nullable, MethodHandle getter) {
    public @Nullable Object of(Object record) {
      try {
        return getter.invokeExact(record);
      } catch (Throwable e) { // accessors of facts and plans throw nothing
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
  private final MethodHandle constructor;

  private Shape(Class<?> type) throws ReflectiveOperationException {
    this.type = type;
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    List<Part> found = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      found.add(
          new Part(
              component.getName(),
              component.getType(),
              component.getGenericType(),
              component.getAnnotatedType().isAnnotationPresent(Nullable.class),
              lookup
                  .unreflect(component.getAccessor())
                  .asType(MethodType.methodType(Object.class, Object.class))));
    }
    parts = List.copyOf(found);
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    constructor =
        lookup
            .findConstructor(type, MethodType.methodType(void.class, types))
            .asSpreader(Object[].class, types.length)
            .asType(MethodType.methodType(Object.class, Object[].class));
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
      return constructor.invokeExact(values);
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (Throwable e) { // constructors of facts and plans throw nothing else
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

package org.medicd.record;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Subject;

/** Records of which nothing is known but what must be, and the same with more known. */
public final class Blank {
  private static final ClassValue<Object> BLANKS =
      new ClassValue<>() {
        @Override
        protected Object computeValue(Class<?> type) {
          return make(type);
        }
      };

  private Blank() {}

  /** Null wherever that is allowed, else nothing: zero, false, the empty text. */
  public static Object of(Class<?> type) {
    return BLANKS.get(type);
  }

  private static Object make(Class<?> type) {
    Shape shape = Shape.of(type);
    @Nullable Object[] values =
        shape.parts().stream().map(part -> part.nullable() ? null : nothing(part.type())).toArray();
    return shape.make(values);
  }

  private static @Nullable Object nothing(Class<?> type) {
    if (type.isPrimitive()) {
      return java.lang.reflect.Array.get(java.lang.reflect.Array.newInstance(type, 1), 0);
    }
    if (isGroup(type)) {
      return of(type);
    }
    return type == String.class
        ? ""
        : type == Instant.class
            ? Instant.EPOCH
            : type == Duration.class ? Duration.ZERO : type == List.class ? List.of() : null;
  }

  /** Fields that belong together, reached into with a dot. */
  public static boolean isGroup(Class<?> type) {
    return type.isRecord() && !Subject.class.isAssignableFrom(type);
  }

  /** The same record with one field set; a group of which nothing was known begins blank. */
  public static Object with(Object record, List<String> path, @Nullable Object value) {
    Shape shape = Shape.of(record.getClass());
    String name = path.get(0);
    if (path.size() == 1) {
      return shape.with(record, name, value);
    }
    Shape.Part part = Objects.requireNonNull(shape.part(name), name);
    Object group = part.of(record);
    Object begun = group == null ? of(part.type()) : group;
    return shape.with(record, name, with(begun, path.subList(1, path.size()), value));
  }
}

package org.medicd.record.flight;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Fact;
import org.medicd.fact.Subject;
import org.medicd.record.Shape;

/**
 * The fields of every fact, group of fields and subject, in the order in which they are written. It
 * stands at the head of a recording, so that another version of medicd can read it: what that one
 * does not know is passed over, and what the recording does not know is unknown.
 */
final class Schema {
  /**
   * One field.
   *
   * @param name of the component
   * @param kind how it is written
   * @param group name of the type of a group; null of any other
   */
  record Field(String name, FieldKind kind, @Nullable String group) {}

  /**
   * One type.
   *
   * @param name simple, or Outer.Inner
   * @param fields in the order in which they are written
   */
  record Type(String name, List<Field> fields) {
    Type {
      fields = List.copyOf(fields);
    }
  }

  private static final Map<String, Class<?>> CLASSES = classes();
  private static final Schema OWN = own();

  private final List<Type> types;
  private final Map<String, Integer> indices = new LinkedHashMap<>();

  private Schema(List<Type> types) {
    this.types = List.copyOf(types);
    for (int i = 0; i < types.size(); i++) {
      indices.put(types.get(i).name(), i);
    }
  }

  /** That of this version. */
  static Schema ofThisVersion() {
    return OWN;
  }

  private static Map<String, Class<?>> classes() {
    Map<String, Class<?>> found = new LinkedHashMap<>();
    Stream.of(Fact.class, Subject.class)
        .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
        .forEach(type -> collect(type, found));
    return found;
  }

  private static void collect(Class<?> type, Map<String, Class<?>> found) {
    if (found.putIfAbsent(nameOf(type), type) == null) {
      for (Shape.Part part : Shape.of(type).parts()) {
        if (FieldKind.of(part.type()) == FieldKind.GROUP) {
          collect(part.type(), found);
        }
      }
    }
  }

  static String nameOf(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return (outer == null ? "" : outer.getSimpleName() + ".") + type.getSimpleName();
  }

  private static Schema own() {
    List<Type> types = new ArrayList<>();
    CLASSES.forEach(
        (name, type) ->
            types.add(new Type(name, Shape.of(type).parts().stream().map(Schema::field).toList())));
    return new Schema(types);
  }

  private static Field field(Shape.Part part) {
    FieldKind kind = FieldKind.of(part.type());
    return new Field(part.name(), kind, kind == FieldKind.GROUP ? nameOf(part.type()) : null);
  }

  /** The record of this version; null where it has none of that name. */
  static @Nullable Class<?> classOf(String name) {
    return CLASSES.get(name);
  }

  Type type(int index) {
    return types.get(index);
  }

  int size() {
    return types.size();
  }

  int indexOf(String name) {
    return Objects.requireNonNull(indices.get(name), name);
  }

  /** A line a type: its name, then each field as name:KIND or name:GROUP:Type. */
  String text() {
    return types.stream()
        .map(
            type ->
                type.name()
                    + " "
                    + type.fields().stream().map(Schema::text).collect(Collectors.joining(" ")))
        .collect(Collectors.joining("\n"));
  }

  private static String text(Field field) {
    String group = field.group() == null ? "" : ":" + field.group();
    return field.name() + ":" + field.kind() + group;
  }

  static Schema parse(String text) throws IOException {
    if (text.equals(OWN.text())) {
      return OWN;
    }
    try {
      Schema schema = new Schema(text.lines().map(Schema::type).toList());
      schema.check();
      return schema;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException("the head of the recording cannot be understood", e);
    }
  }

  private void check() {
    for (Type type : types) {
      for (Field field : type.fields()) {
        boolean group = field.kind() == FieldKind.GROUP;
        if (group && !indices.containsKey(String.valueOf(field.group()))) {
          throw new IllegalArgumentException("no such group: " + field.group());
        }
      }
    }
  }

  private static Type type(String line) {
    String[] words = line.strip().split(" ");
    List<Field> fields = new ArrayList<>();
    for (int i = 1; i < words.length; i++) {
      String[] parts = words[i].split(":");
      fields.add(
          new Field(parts[0], FieldKind.valueOf(parts[1]), parts.length > 2 ? parts[2] : null));
    }
    return new Type(words[0], fields);
  }
}

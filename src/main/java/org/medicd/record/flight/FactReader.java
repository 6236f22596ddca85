package org.medicd.record.flight;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Subject;
import org.medicd.record.Blank;
import org.medicd.record.Shape;

/** Reads what a {@link FactWriter} wrote, of this version of medicd or another. */
final class FactReader {
  private static final double THOUSANDTHS = 1000;
  private static final int MOST_NAMES = 10_000_000;

  private final Schema schema;
  private final ByteSource in;
  private final List<@Nullable Object> names = new ArrayList<>();
  private final Plan[] plans;
  private int enclosed;

  /**
   * How a type of the recording becomes a record of this version.
   *
   * @param type as it is written
   * @param shape of the record; null where there is none of that name any more
   * @param places of the fields among the components; -1 of one that is not known any more
   */
  private record Plan(Schema.Type type, @Nullable Shape shape, int[] places) {}

  FactReader(Schema schema, ByteSource in) {
    this.schema = schema;
    this.in = in;
    this.plans = new Plan[schema.size()];
    for (int i = 0; i < plans.length; i++) {
      plans[i] = plan(schema.type(i));
    }
  }

  private static Plan plan(Schema.Type type) {
    Class<?> known = Schema.classOf(type.name());
    Shape shape = known == null ? null : Shape.of(known);
    Map<String, Integer> byName = new HashMap<>();
    if (shape != null) {
      for (int i = 0; i < shape.parts().size(); i++) {
        byName.put(shape.parts().get(i).name(), i);
      }
    }
    int[] places = new int[type.fields().size()];
    for (int i = 0; i < places.length; i++) {
      Schema.Field field = type.fields().get(i);
      int place = byName.getOrDefault(field.name(), -1);
      places[i] = shape != null && place >= 0 && isOf(field, shape.parts().get(place)) ? place : -1;
    }
    return new Plan(type, shape, places);
  }

  private static boolean isOf(Schema.Field field, Shape.Part part) {
    return FieldKind.of(part.type()) == field.kind()
        && (field.group() == null || Schema.classOf(field.group()) == part.type());
  }

  /**
   * A record of a type of the recording.
   *
   * @param type its number there
   * @param record null where this version has none of that type
   */
  record Value(int type, @Nullable Object record) {}

  /** A record that was not there before. */
  Value begin() throws IOException {
    int type = in.index(plans.length);
    Shape shape = plans[type].shape();
    Object record = change(plans[type], shape == null ? null : Blank.of(shape.type()));
    if (shape != null && record != null) {
      check(shape, record);
    }
    return new Value(type, record);
  }

  private static void check(Shape shape, Object record) throws IOException {
    for (Shape.Part part : shape.parts()) {
      if (!part.nullable() && part.of(record) == null) {
        String what = shape.type().getSimpleName() + " without " + part.name();
        throw new IOException("the recording is damaged: a " + what);
      }
    }
  }

  /** A record of the same type in the place of another. */
  Value change(Value before) throws IOException {
    return new Value(before.type(), change(plans[before.type()], before.record()));
  }

  private @Nullable Object change(Plan plan, @Nullable Object before) throws IOException {
    if (++enclosed > 8) {
      throw new IOException("the recording is damaged: groups within groups");
    }
    long changed = in.count();
    Shape shape = plan.shape();
    @Nullable Object[] values = shape == null || before == null ? null : shape.values(before);
    List<Schema.Field> fields = plan.type().fields();
    for (int i = 0; i < fields.size(); i++) {
      if ((changed >>> i & 1) != 0) {
        int place = values == null ? -1 : plan.places()[i];
        Shape.Part part = place < 0 || shape == null ? null : shape.parts().get(place);
        Object was = part == null || values == null ? null : values[place];
        Object is = field(fields.get(i), part, was);
        if (values != null && part != null && (is != null || part.nullable())) {
          values[place] = is;
        }
      }
    }
    enclosed--;
    try {
      return shape == null || values == null ? null : shape.make(values);
    } catch (IllegalArgumentException | NullPointerException | ClassCastException e) {
      throw new IOException("the recording is damaged: " + e.getMessage(), e);
    }
  }

  private @Nullable Object field(
      Schema.Field field, Shape.@Nullable Part part, @Nullable Object was) throws IOException {
    switch (field.kind()) {
      case TEXT -> {
        return name(in::text) instanceof String text ? text : null;
      }
      case WORD -> {
        return word(part, name(in::text));
      }
      case SUBJECT -> {
        Object subject = name(() -> begin().record());
        return part != null && part.type().isInstance(subject) ? subject : null;
      }
      case FLAG -> {
        int flag = in.octet();
        return flag == 0 ? null : (Boolean) (flag == 2);
      }
      default -> {
        return in.octet() == 0 ? null : known(field, part, was);
      }
    }
  }

  private static @Nullable Object word(Shape.@Nullable Part part, @Nullable Object name) {
    if (part == null || name == null) {
      return null;
    }
    for (Object each : part.type().getEnumConstants()) {
      if (((Enum<?>) each).name().equals(name)) {
        return each;
      }
    }
    return null; // a word of a later version
  }

  private @Nullable Object known(
      Schema.Field field, Shape.@Nullable Part part, @Nullable Object was) throws IOException {
    try {
      return switch (field.kind()) {
        case GROUP -> {
          Plan plan = plans[schema.indexOf(String.valueOf(field.group()))];
          Object begun = was != null || part == null ? was : Blank.of(part.type());
          yield change(plan, begun);
        }
        case TEXTS -> texts();
        case DECIMAL -> in.octet() == 0 ? (Double) (in.number() / THOUSANDTHS) : (Double) in.bits();
        case WHOLE -> whole(part, in.number() + (was == null ? 0 : ((Number) was).longValue()));
        case INSTANT -> Instant.ofEpochSecond(in.number(), in.count());
        case DURATION -> Duration.ofSeconds(in.number(), in.count());
        default -> throw new AssertionError(field.kind());
      };
    } catch (DateTimeException | ArithmeticException e) {
      throw new IOException("the recording is damaged: " + e.getMessage(), e);
    }
  }

  private List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    for (int left = in.index(MOST_NAMES); left > 0; left--) {
      if (name(in::text) instanceof String text) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static Object whole(Shape.@Nullable Part part, long value) {
    boolean small = part != null && (part.type() == int.class || part.type() == Integer.class);
    return small ? (Object) Math.toIntExact(value) : value;
  }

  Subject subject() throws IOException {
    if (name(() -> begin().record()) instanceof Subject subject) {
      return subject;
    }
    throw new IOException("the recording is damaged: a subject that is none");
  }

  private interface Naming {
    @Nullable Object read() throws IOException;
  }

  /** 0: none; 1: a new one follows; else one that was given before. */
  private @Nullable Object name(Naming fresh) throws IOException {
    int index = in.index(MOST_NAMES);
    if (index == 0) {
      return null;
    }
    if (index == 1) {
      int place = names.size();
      names.add(null);
      Object name = fresh.read();
      names.set(place, name);
      return name;
    }
    if (index - 2 >= names.size()) {
      throw new IOException("the recording is damaged: a name that was not given");
    }
    return names.get(index - 2);
  }
}

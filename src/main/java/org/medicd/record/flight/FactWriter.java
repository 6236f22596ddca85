package org.medicd.record.flight;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Subject;
import org.medicd.record.Blank;
import org.medicd.record.Shape;

/** Writes records as what changed in them. Texts and subjects are written out once a segment. */
final class FactWriter {
  private static final double THOUSANDTHS = 1000;
  private static final double LARGEST = 1e14;

  private final Schema schema = Schema.ofThisVersion();
  private final ByteSink out;
  private final Map<Object, Integer> names = new HashMap<>();
  private final Map<Class<?>, Plan> plans = new HashMap<>();

  /**
   * How records of one type are written.
   *
   * @param index of the type in the schema
   * @param shape of the record
   * @param fields in order
   * @param blank the values of one of which nothing is known
   */
  private record Plan(
      int index, Shape shape, List<Schema.Field> fields, @Nullable Object[] blank) {}

  FactWriter(ByteSink out) {
    this.out = out;
  }

  /** A record that was not there before; returns its values. */
  @Nullable Object[] begin(Object record) {
    Plan plan = plan(record.getClass());
    out.count(plan.index());
    return change(plan, plan.blank(), record);
  }

  /**
   * A record of the same type in the place of another.
   *
   * @param was the values of the other
   * @return those of this one
   */
  @Nullable Object[] change(@Nullable Object[] was, Object now) {
    return change(plan(now.getClass()), was, now);
  }

  private Plan plan(Class<?> type) {
    return plans.computeIfAbsent(
        type,
        each -> {
          int index = schema.indexOf(Schema.nameOf(each));
          Shape shape = Shape.of(each);
          return new Plan(index, shape, schema.type(index).fields(), shape.values(Blank.of(each)));
        });
  }

  private @Nullable Object[] change(Plan plan, @Nullable Object[] was, Object now) {
    Shape shape = plan.shape();
    List<Schema.Field> fields = plan.fields();
    @Nullable Object[] is = shape.values(now);
    long changed = 0;
    for (int i = 0; i < is.length; i++) {
      changed |= was[i] == is[i] || Objects.equals(was[i], is[i]) ? 0 : 1L << i;
    }
    out.count(changed);
    for (int i = 0; i < is.length; i++) {
      if ((changed >>> i & 1) != 0) {
        field(fields.get(i).kind(), was[i], is[i]);
      }
    }
    return is;
  }

  void subject(Subject subject) {
    name(subject);
  }

  private void field(FieldKind kind, @Nullable Object was, @Nullable Object is) {
    switch (kind) {
      case TEXT -> name(is);
      case WORD -> name(is == null ? null : ((Enum<?>) is).name());
      case SUBJECT -> name(is);
      case FLAG -> out.octet(is == null ? 0 : (Boolean) is ? 2 : 1);
      default -> {
        out.octet(is == null ? 0 : 1);
        if (is != null) {
          known(kind, was, is);
        }
      }
    }
  }

  private void known(FieldKind kind, @Nullable Object was, Object is) {
    switch (kind) {
      case GROUP -> {
        Plan plan = plan(is.getClass());
        change(plan, was == null ? plan.blank() : plan.shape().values(was), is);
      }
      case TEXTS -> {
        out.count(((List<?>) is).size());
        ((List<?>) is).forEach(this::name);
      }
      case DECIMAL -> decimal((Double) is);
      case WHOLE ->
          out.number(((Number) is).longValue() - (was == null ? 0 : ((Number) was).longValue()));
      case INSTANT -> {
        out.number(((Instant) is).getEpochSecond());
        out.count(((Instant) is).getNano());
      }
      case DURATION -> {
        out.number(((Duration) is).getSeconds());
        out.count(((Duration) is).getNano());
      }
      default -> throw new AssertionError(kind);
    }
  }

  /** In thousandths where that says it all. */
  private void decimal(double value) {
    double scaled = value * THOUSANDTHS;
    boolean whole = Math.abs(scaled) < LARGEST && Math.rint(scaled) / THOUSANDTHS == value;
    out.octet(whole ? 0 : 1);
    if (whole) {
      out.number(Math.round(scaled));
    } else {
      out.bits(value);
    }
  }

  /** 0: none; 1: a new one follows; else one that was written before. */
  private void name(@Nullable Object name) {
    if (name == null) {
      out.count(0);
      return;
    }
    Integer known = names.get(name);
    if (known != null) {
      out.count(known + 2L);
      return;
    }
    out.count(1);
    names.put(name, names.size());
    if (name instanceof String text) {
      out.text(text);
    } else {
      begin(name);
    }
  }
}

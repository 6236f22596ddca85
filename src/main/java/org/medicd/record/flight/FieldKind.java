package org.medicd.record.flight;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.medicd.fact.Subject;
import org.medicd.record.Blank;

/** How the value of a field is written. */
enum FieldKind {
  GROUP,
  DECIMAL,
  WHOLE,
  FLAG,
  TEXT,
  TEXTS,
  WORD,
  INSTANT,
  DURATION,
  SUBJECT;

  static FieldKind of(Class<?> type) {
    if (Subject.class.isAssignableFrom(type)) {
      return SUBJECT;
    }
    if (Blank.isGroup(type)) {
      return GROUP;
    }
    if (type == double.class || type == Double.class) {
      return DECIMAL;
    }
    if (type == boolean.class || type == Boolean.class) {
      return FLAG;
    }
    if (type == String.class) {
      return TEXT;
    }
    if (type == List.class) {
      return TEXTS;
    }
    if (type.isEnum()) {
      return WORD;
    }
    if (type == Instant.class) {
      return INSTANT;
    }
    if (type == Duration.class) {
      return DURATION;
    }
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return WHOLE;
    }
    throw new IllegalArgumentException("no field of a fact can be a " + type);
  }
}

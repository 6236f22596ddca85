package org.medicd.trial;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Durations;
import org.medicd.config.Nearest;
import org.medicd.config.Quoted;
import org.medicd.config.Sizes;
import org.medicd.config.Unfit;
import org.medicd.fact.DeviceId;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.GroupId;
import org.medicd.fact.HostId;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Subject;
import org.medicd.fact.UnitId;
import org.medicd.record.Shape;

/** Values of fields as people write them: 97, 97%, 256MiB, 10s, true, running, unknown. */
final class FieldValue {
  /** A process that goes by this name in the scenario: who it is is known once it runs. */
  record ProcessName(String name) {}

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

  private FieldValue() {}

  /**
   * @throws Unfit for what is no value of this field
   */
  static @Nullable Object parse(Shape.Part field, String text) {
    Class<?> type = field.type();
    if (text.equals("unknown")) {
      if (!field.nullable()) {
        throw new Unfit(field.name() + " is always known");
      }
      return null;
    }
    if (type == boolean.class || type == Boolean.class) {
      return flag(text);
    }
    if (type == double.class || type == Double.class) {
      return number(field.name(), text);
    }
    if (type == long.class || type == Long.class) {
      return Math.round(number(field.name(), text));
    }
    if (type == int.class || type == Integer.class) {
      return whole(field.name(), text);
    }
    if (type.isEnum()) {
      return word(type, text);
    }
    if (Subject.class.isAssignableFrom(type)) {
      return subject(type, text);
    }
    if (type == List.class) {
      return Arrays.stream(text.split("[ ,]+")).filter(word -> !word.isEmpty()).toList();
    }
    return type == Duration.class
        ? Durations.parse(text)
        : type == Instant.class ? instant(text) : text;
  }

  private static Object whole(String field, String text) {
    if (field.equals("parent") && !NUMBER.matcher(text).matches()) {
      return new ProcessName(text);
    }
    long number = Math.round(number(field, text));
    if (number != (int) number) {
      throw new Unfit(Quoted.of(text) + " is too much for " + field);
    }
    return (int) number;
  }

  private static boolean flag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new Unfit(Quoted.of(text) + " is neither true nor false");
    }
    return text.equals("true");
  }

  private static double number(String field, String text) {
    String digits = text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : text;
    if (NUMBER.matcher(digits).matches()) {
      return Double.parseDouble(digits);
    }
    return field.toLowerCase(Locale.ROOT).contains("seconds")
        ? Durations.parse(text).toMillis() / 1000.0
        : Sizes.parse(text);
  }

  private static Object word(Class<?> type, String text) {
    String wanted = text.toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    List<String> known =
        Arrays.stream(type.getEnumConstants()).map(each -> ((Enum<?>) each).name()).toList();
    int index = known.indexOf(wanted);
    if (index < 0) {
      String all = String.join(", ", known).toLowerCase(Locale.ROOT).replace('_', '-');
      throw new Unfit(Quoted.of(text) + " is none of: " + all, Nearest.to(text, known));
    }
    return type.getEnumConstants()[index];
  }

  /** As "filesystem /data"; what names no kind of subject is a group. */
  private static Object subject(Class<?> type, String text) {
    int space = text.indexOf(' ');
    String kind = space < 0 ? text : text.substring(0, space);
    String name = space < 0 ? "" : text.substring(space + 1).strip();
    return switch (kind) {
      case "host" -> new HostId();
      case "filesystem" -> filesystem(name);
      case "device" -> new DeviceId(name);
      case "unit" -> new UnitId(name);
      case "process" -> new ProcessName(name);
      default -> type == ProcessId.class ? new ProcessName(text) : new GroupId(text);
    };
  }

  /** That of the fact "filesystem" of the same name. */
  static FilesystemId filesystem(String mountPoint) {
    return new FilesystemId(mountPoint, "/dev/of" + mountPoint.replace('/', '-'));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new Unfit(Quoted.of(text) + " is not a moment, as 2026-01-02T03:04:05Z");
    }
  }
}

package org.medicd.trial;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Nearest;
import org.medicd.config.Section;
import org.medicd.config.Unfit;
import org.medicd.record.Blank;
import org.medicd.record.Shape;

/**
 * What a scenario says of one fact, or of several that are alike: "proc nginx: { cpu: 97 }".
 *
 * @param kind of fact
 * @param name which
 * @param count how many are alike
 * @param gone it is no longer there
 * @param fields what is known from here on
 */
record FactEdit(FactKind kind, String name, int count, boolean gone, List<Field> fields) {
  private static final Pattern HEADING = Pattern.compile("(\\S+)(?: +(.+?))??(?: +x([0-9]{1,4}))?");
  private static final String GONE = "gone";

  /**
   * One field.
   *
   * @param path to it, through the groups
   * @param value null: unknown
   */
  record Field(List<String> path, @Nullable Object value) {}

  /** Null where it cannot be understood; the section has the problem. */
  static @Nullable FactEdit read(Section facts, String heading) {
    Matcher words = HEADING.matcher(heading.strip());
    if (!words.matches()) {
      facts.problem(heading, "a fact is named as in rules, as 'proc nginx' or 'host'");
      return null;
    }
    String name = words.group(2) == null ? "" : words.group(2);
    int count = words.group(3) == null ? 1 : Integer.parseInt(words.group(3));
    try {
      FactKind kind = FactKind.named(words.group(1));
      kind.check(name);
      if (facts.isSingle(heading)) {
        String word = facts.value(heading, text -> text);
        if (!GONE.equals(word)) {
          facts.problem(heading, "give the fields in braces, as { cpu: 97 }, or the word gone");
        } else if (kind == FactKind.HOST) {
          facts.problem(heading, "the host is always there");
        }
        return new FactEdit(kind, name, count, true, List.of());
      }
      Section fields = facts.section(heading);
      List<Field> read = new ArrayList<>();
      fields.keys().forEach(key -> readField(fields, key, kind, read));
      return new FactEdit(kind, name, count, false, List.copyOf(read));
    } catch (Unfit e) {
      facts.problem(heading, String.valueOf(e.getMessage()), e.suggestion());
      return null;
    }
  }

  private static void readField(Section fields, String key, FactKind kind, List<Field> read) {
    if (kind.isShort(key) && fields.isSingle(key)) {
      int before = read.size();
      for (String each : kind.fields(key)) {
        if (read.size() > before || each.equals(kind.fields(key).get(0))) {
          readPath(fields, key, kind.type(), List.of(each.split("\\.")), List.of(), read);
        }
      }
    } else {
      readPath(fields, key, kind.type(), List.of(key.split("\\.")), List.of(), read);
    }
  }

  /**
   * @param key whose value it is
   * @param type of the record that the rest of the path is reached into
   */
  private static void readPath(
      Section fields,
      String key,
      Class<?> type,
      List<String> rest,
      List<String> before,
      List<Field> read) {
    Shape.Part part = rest.isEmpty() ? null : Shape.of(type).part(rest.get(0));
    if (part == null) {
      Set<String> known = new LinkedHashSet<>();
      Shape.of(type).parts().forEach(each -> known.add(each.name()));
      String what = type.getSimpleName() + " has no field '" + String.join(".", rest) + "'";
      fields.problem(key, what, rest.isEmpty() ? null : Nearest.to(rest.get(0), known));
      return;
    }
    List<String> path = new ArrayList<>(before);
    path.add(part.name());
    if (!Blank.isGroup(part.type())) {
      if (rest.size() > 1) {
        fields.problem(key, part.name() + " is one value: nothing is below it");
        return;
      }
      boolean[] fits = new boolean[1];
      @Nullable Object[] value = new @Nullable Object[1];
      fields.value(
          key,
          text -> {
            value[0] = FieldValue.parse(part, text);
            fits[0] = true;
            return text;
          });
      if (fits[0]) {
        read.add(new Field(path, value[0]));
      }
    } else if (rest.size() > 1) {
      readPath(fields, key, part.type(), rest.subList(1, rest.size()), path, read);
    } else {
      Section group = fields.section(key);
      for (String below : group.keys()) {
        readPath(group, below, part.type(), List.of(below.split("\\.")), path, read);
      }
    }
  }
}

package org.medicd.notify;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medicd.config.Nearest;
import org.medicd.config.Problem;

/**
 * Finds what is wrong with a template before there is anything to tell: names that there are not,
 * wherever they stand, and what goes wrong with a sample of each kind of letter.
 */
final class TemplateCheck {
  /** jmustache's own: the place within a list, and the value itself. */
  private static final Set<String> OF_LISTS = Set.of("this", "-first", "-last", "-index");

  /** For each field the lists that it is in, "" for those that are in none. */
  private static final Map<String, Set<String>> KNOWN = known();

  private TemplateCheck() {}

  static List<Problem> problems(Path file, String source, LetterTemplate template) {
    List<Problem> problems = new ArrayList<>();
    Tags tags = new Tags();
    template.visit(tags);
    for (String name : tags.unknown) {
      String what = "there is no field '" + Escaped.line(name, 80) + "'";
      String meant = Nearest.to(name, KNOWN.keySet());
      problems.add(new Problem(file.toString(), lineOf(name, source), what, meant));
    }
    for (String name : tags.parts) {
      String what = "'" + Escaped.line(name, 80) + "': no template can take in another";
      problems.add(new Problem(file.toString(), lineOf(name, source), what, null));
    }
    return problems.isEmpty() ? rendered(file, template) : problems;
  }

  /** The first letter that goes wrong tells enough. */
  private static List<Problem> rendered(Path file, LetterTemplate template) {
    for (Letter letter : Samples.letters()) {
      try {
        template.render(LetterFields.of(letter));
      } catch (LetterTemplate.Broken e) {
        String place = e.getCause() instanceof MustacheException.Context c ? place(c.key) : "";
        return List.of(new Problem(file.toString(), e.line, e.what() + place, null));
      }
    }
    return List.of();
  }

  private static String place(String name) {
    Set<String> lists = new TreeSet<>(KNOWN.getOrDefault(name, Set.of()));
    lists.remove("");
    if (lists.isEmpty()) {
      return "";
    }
    String list = lists.contains("incidents") ? "incidents" : lists.iterator().next();
    return ": write it between {{#" + list + "}} and {{/" + list + "}}";
  }

  /** Where that tag stands first, from 1; 0: it does not look like one. */
  private static int lineOf(String name, String source) {
    Matcher tag = Pattern.compile("[{#^&/<>$\\s]" + Pattern.quote(name) + "\\s*}").matcher(source);
    return tag.find()
        ? 1 + (int) source.substring(0, tag.start() + 1).chars().filter(c -> c == '\n').count()
        : 0;
  }

  private static Map<String, Set<String>> known() {
    Map<String, Set<String>> known = new TreeMap<>();
    Samples.letters().forEach(letter -> addFields("", LetterFields.of(letter), known));
    return known;
  }

  private static void addFields(String list, Object value, Map<String, Set<String>> known) {
    if (value instanceof List<?> items) {
      items.forEach(each -> addFields(list, each, known));
    } else if (value instanceof Map<?, ?> fields) {
      fields.forEach(
          (name, inner) -> {
            known.computeIfAbsent(String.valueOf(name), each -> new TreeSet<>()).add(list);
            if (inner != null) {
              addFields(String.valueOf(name), inner, known);
            }
          });
    }
  }

  /** All fields that a template may name. */
  static Set<String> fields() {
    return KNOWN.keySet();
  }

  private static final class Tags implements Mustache.Visitor {
    final Set<String> unknown = new LinkedHashSet<>();
    final Set<String> parts = new LinkedHashSet<>();

    private void name(String name) {
      for (String part : name.equals(".") ? new String[0] : name.split("\\.", -1)) {
        boolean index = part.matches("[0-9]{1,4}");
        if (!index && !OF_LISTS.contains(part) && !KNOWN.containsKey(part)) {
          unknown.add(name);
        }
      }
    }

    @Override
    public void visitText(String text) {}

    @Override
    public void visitVariable(String name) {
      name(name);
    }

    @Override
    public boolean visitSection(String name) {
      name(name);
      return true;
    }

    @Override
    public boolean visitInvertedSection(String name) {
      name(name);
      return true;
    }

    @Override
    public boolean visitInclude(String name) {
      parts.add(name);
      return false;
    }

    @Override
    public boolean visitParent(String name) {
      parts.add(name);
      return false;
    }

    @Override
    public boolean visitBlock(String name) {
      parts.add(name);
      return false;
    }
  }
}

package org.medicd.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.medicd.fact.Fact;

/** The vocabulary beside the rules is that of the code, with its words. */
class VocabularyTest {
  private static final Path WRITTEN = Path.of("rules/VOCABULARY.md");
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern PARAM =
      Pattern.compile("(?s)@param (\\w+) (.*?)(?=@param|@throws|\\z)");

  @Test
  void isThatOfTheCode() throws IOException {
    String now = vocabulary();
    Path made = Path.of("target/VOCABULARY.md");
    Files.createDirectories(made.getParent());
    Files.writeString(made, now);
    assertThat(Files.readString(WRITTEN)).as("copy " + made + " to " + WRITTEN).isEqualTo(now);
  }

  private static String vocabulary() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("# What rules can match\n\nMade from the code by `VocabularyTest`; do not edit.");
    text.append(" A field marked ? may be unknown (null): no comparison\nwith it is true then. A");
    text.append(
        " field of a group is reached into with a dot. An average of medicd's own\nforgets as PSI's do and is known once");
    text.append(
        " it has seen a quarter of what it weighs: over 10 s after 3 s, over a minute\nafter 18 s,");
    text.append(" over five after 87 s.\n");
    List<String> facts =
        Arrays.stream(Fact.class.getPermittedSubclasses()).map(Class::getSimpleName).toList();
    for (String fact : facts) {
      Class<?> type =
          Objects.requireNonNull(FactFields.find(fact, first(fact)))
              .getters()
              .get(0)
              .getDeclaringClass();
      text.append("\n## ").append(fact).append("\n\n");
      text.append(summary(type)).append("\n\n| field | is | |\n|---|---|---|\n");
      for (String path : FactFields.of(fact)) {
        FactFields.Field field = Objects.requireNonNull(FactFields.find(fact, path));
        text.append("| `").append(path).append(field.isNullable() ? "`? | " : "` | ");
        text.append(typeOf(field)).append(" | ").append(doc(field)).append(" |\n");
      }
    }
    return text.toString();
  }

  private static String first(String fact) {
    return FactFields.of(fact).iterator().next();
  }

  private static String typeOf(FactFields.Field field) {
    Class<?> type = field.type();
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(each -> type.getSimpleName() + "." + each)
          .limit(3)
          .collect(Collectors.joining(", ", "", type.getEnumConstants().length > 3 ? " …" : ""));
    }
    String name = type.getSimpleName().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "int", "long", "integer" -> "whole number";
      case "double" -> "number";
      case "boolean" -> "true or false";
      case "string" -> "text";
      case "instant" -> "moment";
      case "duration" -> "duration";
      case "list" -> "list of texts";
      default ->
          type.isRecord() && type.getEnclosingClass() != null ? "group" : type.getSimpleName();
    };
  }

  private static String doc(FactFields.Field field) throws IOException {
    Method getter = field.getters().get(field.getters().size() - 1);
    Class<?> owner = getter.getDeclaringClass();
    String params = javadoc(owner, "record " + owner.getSimpleName() + "\\(");
    Matcher param = PARAM.matcher(params);
    while (param.find()) {
      if (param.group(1).equals(getter.getName())) {
        return line(param.group(2));
      }
    }
    return line(javadoc(owner, "(?:@Nullable )?[\\w.@ ]+ " + getter.getName() + "\\(\\)"));
  }

  private static String summary(Class<?> type) throws IOException {
    String all = javadoc(type, "record " + type.getSimpleName() + "\\(");
    int params = all.indexOf("@param");
    return line(params < 0 ? all : all.substring(0, params));
  }

  /** The comment before a declaration in the source of a record; empty where there is none. */
  private static String javadoc(Class<?> owner, String declaration) throws IOException {
    Class<?> file = owner.getEnclosingClass() == null ? owner : owner.getEnclosingClass();
    String source = Files.readString(SOURCES.resolve(file.getName().replace('.', '/') + ".java"));
    Matcher comment =
        Pattern.compile("/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*public " + declaration)
            .matcher(source);
    return comment.find() ? comment.group(1).replaceAll("(?m)^\\s*\\*", "") : "";
  }

  private static String line(String text) {
    return text.replaceAll("\\{@link #?([^}]*)}", "$1")
        .replaceAll("\\s+", " ")
        .replace("|", "\\|")
        .strip();
  }
}

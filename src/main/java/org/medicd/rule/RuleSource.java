package org.medicd.rule;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.medicd.config.Problem;

/**
 * One rule file as it is compiled: the vocabulary is imported on the line of its package, so that
 * line numbers stay those of the file.
 *
 * @param path where it was read
 * @param folder where the compiler wants it, by its package
 * @param text as it is given to the compiler
 */
record RuleSource(Path path, String folder, String text) {
  private static final Pattern PACKAGE =
      Pattern.compile("(?m)^[ \\t]*package[ \\t]+([\\w.]+)[ \\t]*;?");
  private static final String VOCABULARY =
      " import org.medicd.fact.*; import org.medicd.plan.*; import org.medicd.config.Limit;"
          + " global org.medicd.config.Limits limits; global org.medicd.rule.Medic medic; ";

  /** Strings and comments, which are kept, and the field that is a word of the rule language. */
  private static final Pattern UNIT =
      Pattern.compile(
          "(?s)(\"(?:\\\\.|[^\"\\\\\n])*\"|//[^\\n]*|/\\*.*?\\*/)|(?<![\\w$])unit(?!\\w|\\s*\\()");

  static RuleSource of(Path path, String written) {
    String content =
        UNIT.matcher(written)
            .replaceAll(
                match ->
                    match.group(1) == null ? "unitName" : Matcher.quoteReplacement(match.group()));
    Matcher line = PACKAGE.matcher(withoutComments(content));
    boolean named = line.find();
    String text =
        named
            ? content.substring(0, line.end())
                + (line.group().endsWith(";") ? "" : ";")
                + VOCABULARY
                + content.substring(line.end())
            : "package medicd.rules;" + VOCABULARY + content;
    String folder = (named ? line.group(1) : "medicd.rules").replace('.', '/') + "/";
    return new RuleSource(path, folder, text);
  }

  /** The same text with its comments blanked. */
  private static String withoutComments(String content) {
    return UNIT.matcher(content)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    match.group().startsWith("/")
                        ? match.group().replaceAll("[^\n]", " ")
                        : match.group()));
  }

  /**
   * The rule files of all folders. A file in a later folder replaces one of the same name in an
   * earlier one, as in systemd; an empty file so switches a shipped pack off.
   */
  static List<RuleSource> read(List<Path> folders, List<Problem> problems) throws IOException {
    List<RuleSource> sources = new ArrayList<>();
    for (Path file : files(folders)) {
      try {
        sources.add(of(file, Files.readString(file)));
      } catch (CharacterCodingException e) {
        problems.add(new Problem(file.toString(), 0, "cannot be read: it is no UTF-8 text", null));
      } catch (IOException e) {
        problems.add(new Problem(file.toString(), 0, "cannot be read: " + e, null));
      }
    }
    return sources;
  }

  /** The files that {@link #read} would read; a folder that does not exist has none. */
  static Collection<Path> files(List<Path> folders) throws IOException {
    Map<String, Path> byName = new TreeMap<>();
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        continue;
      }
      try (Stream<Path> entries = Files.list(folder)) {
        entries
            .filter(entry -> entry.getFileName().toString().endsWith(".drl"))
            .forEach(entry -> byName.put(entry.getFileName().toString(), entry));
      }
    }
    return byName.values();
  }

  /** The same with these parts blanked; every line keeps its number. */
  RuleSource without(List<String> parts) {
    String rest = text;
    for (String part : parts) {
      rest = rest.replace(part, part.replaceAll("[^\n]", " "));
    }
    return new RuleSource(path, folder, rest);
  }
}

package org.medicd.notify;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Problem;

/**
 * Puts letters into words: those of the admin's templates, else medicd's own. A template that goes
 * wrong loses no letter, its place is taken by medicd's own words. Safe for threads.
 */
public final class Wording {
  private static final System.Logger LOG = System.getLogger(Wording.class.getName());
  private static final int LONGEST_SUBJECT = 300;
  private static final LetterTemplate OWN_HTML = ownHtml();

  /** medicd's own words. */
  public static final Wording OWN = new Wording(Map.of());

  private final Map<String, LetterTemplate> templates;
  private final Set<String> broken = ConcurrentHashMap.newKeySet();

  private Wording(Map<String, LetterTemplate> templates) {
    this.templates = Map.copyOf(templates);
  }

  /**
   * The words that the templates of a folder make. What is wrong with one is logged, and it is not
   * used.
   *
   * @param folder null: medicd's own
   */
  public static Wording of(@Nullable Path folder) {
    if (folder == null) {
      return OWN;
    }
    TemplateFolder read = TemplateFolder.read(folder);
    read.problems()
        .forEach(each -> LOG.log(Level.WARNING, "{0}; medicd''s own words are used", each));
    return new Wording(read.templates());
  }

  /** All that is wrong with the templates of a folder: each is read, and tried with samples. */
  public static List<Problem> problems(@Nullable Path folder) {
    return folder == null ? List.of() : TemplateFolder.read(folder).problems();
  }

  /** One line without control characters, of bounded length. */
  public String subject(Letter letter) {
    String subject = rendered(TemplateFolder.SUBJECT, letter, LetterText::subject);
    String line = Escaped.line(subject.strip().replaceAll("\\s+", " "), LONGEST_SUBJECT);
    return line.isEmpty() ? LetterText.subject(letter) : line;
  }

  /** Plain text of bounded length; lines end in \n. */
  public String text(Letter letter) {
    return rendered(TemplateFolder.TEXT, letter, LetterText::text).replace("\r", "");
  }

  /** A page of HTML for a mail; null: there is none, the plain text must do. */
  public @Nullable String html(Letter letter) {
    String html = rendered(TemplateFolder.HTML, letter, Wording::ownHtml);
    return html.isEmpty() ? null : html;
  }

  private String rendered(String name, Letter letter, Function<Letter, String> own) {
    LetterTemplate template = templates.get(name);
    if (template != null) {
      try {
        return template.render(LetterFields.of(letter));
      } catch (LetterTemplate.Broken e) {
        if (broken.add(name)) {
          String where = e.line > 0 ? name + ":" + e.line : name;
          LOG.log(
              Level.WARNING, "template {0}: {1}; medicd''s own words are used", where, e.what());
        }
      }
    }
    return own.apply(letter);
  }

  private static String ownHtml(Letter letter) {
    try {
      return OWN_HTML.render(LetterFields.of(letter));
    } catch (LetterTemplate.Broken e) {
      LOG.log(Level.WARNING, "a mail goes without HTML: {0}", e.what());
      return "";
    }
  }

  private static LetterTemplate ownHtml() {
    try (InputStream in = Wording.class.getResourceAsStream("mail.html")) {
      if (in == null) {
        throw new IllegalStateException("mail.html is not in the jar");
      }
      String source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return LetterTemplate.compile(source, true);
    } catch (IOException | LetterTemplate.Broken e) {
      throw new IllegalStateException("mail.html cannot be used", e);
    }
  }
}

package org.medicd.notify;

import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.LineNumberReader;
import java.io.StringReader;
import java.io.Writer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One text of a letter with its gaps, in Mustache (https://mustache.github.io/mustache.5.html). A
 * name that there is not is an error. In HTML every value is escaped, in triple braces too. Safe
 * for threads.
 */
final class LetterTemplate {
  /** More characters do not come of it. */
  static final int LONGEST = 256 * 1024;

  private static final int LONGEST_WHAT = 300;

  private static final Pattern LINE = Pattern.compile(" (?:@|on) line ([0-9]{1,9})$");

  private static final Mustache.Compiler TEXT =
      Mustache.compiler()
          .withCollector(new FieldsOnly())
          .strictSections(true)
          .nullValue("")
          .escapeHTML(false);

  /** It escapes where others only put values into words: so nothing goes past it. */
  private static final Mustache.Compiler HTML =
      TEXT.withFormatter(value -> Escapers.HTML.escape(String.valueOf(value)));

  /** What is wrong with a template. */
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    /** From 1; 0: not known. */
    final int line;

    Broken(int line, String what, @Nullable Throwable cause) {
      super(Escaped.line(what, LONGEST_WHAT), cause);
      this.line = line;
    }

    String what() {
      return String.valueOf(getMessage());
    }
  }

  private final Template template;

  private LetterTemplate(Template template) {
    this.template = template;
  }

  static LetterTemplate compile(String source, boolean html) throws Broken {
    LineNumberReader reader = new LineNumberReader(new StringReader(source));
    try {
      return new LetterTemplate((html ? HTML : TEXT).compile(reader));
    } catch (MustacheException e) {
      throw broken(e, reader.getLineNumber() + 1);
    } catch (IndexOutOfBoundsException e) {
      throw new Broken(reader.getLineNumber() + 1, "a tag without a name: {{}}", e);
    }
  }

  /** What it says of these fields. */
  String render(Map<String, @Nullable Object> fields) throws Broken {
    BoundedText text = new BoundedText();
    try {
      template.execute(fields, text);
      return text.toString();
    } catch (MustacheException.Context e) {
      throw new Broken(e.lineNo, "there is no '" + e.key + "' here", e);
    } catch (MustacheException e) {
      throw broken(e, 0);
    } catch (RuntimeException | StackOverflowError e) {
      throw new Broken(0, String.valueOf(e.getMessage()), e);
    }
  }

  /** Tells of every tag. */
  void visit(Mustache.Visitor visitor) {
    template.visit(visitor);
  }

  private static Broken broken(MustacheException e, int line) {
    Throwable cause = e.getCause() != null ? e.getCause() : e;
    String what = String.valueOf(cause.getMessage()).strip();
    Matcher found = LINE.matcher(what);
    return found.find()
        ? new Broken(Integer.parseInt(found.group(1)), what.substring(0, found.start()), e)
        : new Broken(line, what, e);
  }

  /** Looks into nothing but fields: a template reaches nothing else of the program. */
  private static final class FieldsOnly extends BasicCollector {
    @Override
    public <K, V> Map<K, V> createFetcherCache() {
      return new ConcurrentHashMap<>();
    }
  }

  private static final class BoundedText extends Writer {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void write(char[] from, int offset, int count) throws IOException {
      if (text.length() + count > LONGEST) {
        throw new IOException("more than " + LONGEST + " characters come of it");
      }
      text.append(from, offset, count);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
      return text.toString();
    }
  }
}

package org.medicd.notify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.medicd.config.Nearest;
import org.medicd.config.Problem;
import org.medicd.linux.TrustedPath;

/**
 * The admin's own templates, as they are in a folder.
 *
 * @param templates those that can be used, by the names of their files
 * @param problems what is wrong with the others
 */
record TemplateFolder(Map<String, LetterTemplate> templates, List<Problem> problems) {
  static final String SUBJECT = "subject.txt";
  static final String TEXT = "text.txt";
  static final String HTML = "mail.html";

  /** The files that there may be, each of them or none. */
  static final List<String> NAMES = List.of(SUBJECT, TEXT, HTML);

  private static final int MOST_BYTES = 64 * 1024;

  TemplateFolder {
    templates = Map.copyOf(templates);
    problems = List.copyOf(problems);
  }

  static TemplateFolder read(Path folder) {
    Map<String, LetterTemplate> templates = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      problems.add(problem(folder, 0, "there is no such folder of templates"));
      return new TemplateFolder(templates, problems);
    }
    for (String name : NAMES) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        read(file, name, templates, problems);
      }
    }
    misnamed(folder, problems);
    return new TemplateFolder(templates, problems);
  }

  private static void read(
      Path file, String name, Map<String, LetterTemplate> templates, List<Problem> problems) {
    List<String> distrust = TrustedPath.problems(file);
    if (!distrust.isEmpty()) {
      distrust.forEach(why -> problems.add(problem(file, 0, why)));
      return;
    }
    try {
      String source = text(file);
      LetterTemplate template = LetterTemplate.compile(source, name.endsWith(".html"));
      List<Problem> found = TemplateCheck.problems(file, source, template);
      problems.addAll(found);
      if (found.isEmpty()) {
        templates.put(name, template);
      }
    } catch (LetterTemplate.Broken e) {
      problems.add(problem(file, e.line, e.what() + mend(e.what())));
    } catch (AccessDeniedException e) {
      problems.add(problem(file, 0, "may not be read by this user"));
    } catch (CharacterCodingException e) {
      problems.add(problem(file, 0, "is not UTF-8"));
    } catch (IOException e) {
      problems.add(problem(file, 0, String.valueOf(e.getMessage())));
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("is larger than " + MOST_BYTES / 1024 + " KiB");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }

  private static String mend(String what) {
    return what.contains("newline")
        ? ": a tag stands on one line, is its }} missing?"
        : what.contains("close tag")
            ? ": each {{#name}} and each {{^name}} ends with a {{/name}}"
            : "";
  }

  private static void misnamed(Path folder, List<Problem> problems) {
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(each -> each.getFileName().toString())
          .filter(each -> !NAMES.contains(each))
          .sorted()
          .forEach(
              each -> {
                String meant = Nearest.to(each, NAMES);
                if (meant != null) {
                  String file = folder.resolve(each).toString();
                  problems.add(new Problem(file, 0, "is no template that is read", meant));
                }
              });
    } catch (IOException e) {
      problems.add(problem(folder, 0, "cannot be listed: " + e.getMessage()));
    }
  }

  private static Problem problem(Path file, int line, String what) {
    return new Problem(file.toString(), line, what, null);
  }
}

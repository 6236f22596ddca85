package org.medicd.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Files that people write: YAML 1.2, no objects are made from it. Never throws for what is in a
 * file; everything that is wrong is reported at once.
 */
public final class YamlFile {
  private static final int MOST_BYTES = 1 << 20;

  /**
   * What a file says.
   *
   * @param value null where it could not be read at all
   * @param problems everything that is wrong, by line
   */
  public record Content<T>(@Nullable T value, List<Problem> problems) {
    public Content {
      problems = List.copyOf(problems);
    }
  }

  private YamlFile() {}

  /** Reads a file that must be there. */
  public static <T> Content<T> read(Path path, Function<Section, T> reader) {
    Reading reading = new Reading(path.toString());
    try {
      T value = parse(reading, textOf(path), reader);
      return new Content<>(value, reading.problems());
    } catch (IOException e) {
      return new Content<>(null, List.of(unreadable(path, e)));
    }
  }

  /** Reads text; null where it is no YAML. */
  static <T> @Nullable T parse(Reading reading, String text, Function<Section, T> reader) {
    try {
      return reader.apply(Section.of(reading, "", tree(text)));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      String context = e.getContext() == null ? "" : " (" + e.getContext() + ")";
      String problem = e.getProblem() + context;
      String hint = problem.contains("alias") ? ": a value that starts with * needs quotes" : "";
      reading.problem(line, "invalid YAML: " + Quoted.bare(problem) + hint, null);
    } catch (YamlEngineException e) {
      reading.problem(0, "invalid YAML: " + Quoted.bare(String.valueOf(e.getMessage())), null);
    } catch (StackOverflowError e) {
      reading.problem(0, "invalid YAML: nested too deeply", null);
    }
    return null;
  }

  private static @Nullable Node tree(String text) {
    // In one piece: the engine fails where a piece of its reading ends within a surrogate pair.
    LoadSettings yaml =
        LoadSettings.builder().setUseMarks(true).setBufferSize(text.length() + 1024).build();
    return new Compose(yaml)
        .composeString(text.startsWith("\uFEFF") ? text.substring(1) : text)
        .orElse(null);
  }

  static String textOf(Path path) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IOException("it is not a regular file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("it is larger than " + Sizes.format(MOST_BYTES));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }

  static Problem unreadable(Path path, IOException e) {
    String why =
        e instanceof NoSuchFileException
            ? "there is no such file"
            : e instanceof AccessDeniedException
                ? "this user may not read it"
                : e instanceof CharacterCodingException
                    ? "it is not text in UTF-8"
                    : String.valueOf(e.getMessage());
    return new Problem(path.toString(), 0, "cannot be read: " + why, null);
  }
}

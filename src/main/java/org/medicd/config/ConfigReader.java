package org.medicd.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads the configuration: YAML 1.2, no objects are made from it. Never throws for what is in a
 * file; everything that is wrong is reported at once.
 */
public final class ConfigReader {
  private static final int MOST_BYTES = 1 << 20;

  private ConfigReader() {}

  /** Reads a file that need not be there: without it the defaults hold. */
  public static Parsed read(Path path) {
    if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
      return new Parsed(path.toString(), Settings.defaults(), List.of(), Map.of());
    }
    return readNamed(path);
  }

  /** Reads a file that somebody named: it must be there. */
  public static Parsed readNamed(Path path) {
    try {
      return parse(path.toString(), textOf(path));
    } catch (NoSuchFileException e) {
      return unreadable(path, "there is no such file");
    } catch (AccessDeniedException e) {
      return unreadable(path, "this user may not read it");
    } catch (CharacterCodingException e) {
      return unreadable(path, "it is not text in UTF-8");
    } catch (IOException e) {
      return unreadable(path, String.valueOf(e.getMessage()));
    }
  }

  /** Reads text; the file's name is for messages. */
  public static Parsed parse(String file, String text) {
    Reading reading = new Reading(file);
    Settings settings = settings(reading, text);
    return new Parsed(file, settings, reading.problems(), reading.lines());
  }

  static Settings settings(Reading reading, String text) {
    try {
      return SettingsReader.read(reading, tree(text));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      String context = e.getContext() == null ? "" : " (" + e.getContext() + ")";
      reading.problem(line, "invalid YAML: " + Quoted.bare(e.getProblem() + context), null);
    } catch (YamlEngineException e) {
      reading.problem(0, "invalid YAML: " + Quoted.bare(String.valueOf(e.getMessage())), null);
    } catch (StackOverflowError e) {
      reading.problem(0, "invalid YAML: nested too deeply", null);
    }
    return Settings.defaults();
  }

  private static @Nullable Node tree(String text) {
    LoadSettings yaml = LoadSettings.builder().setUseMarks(true).build();
    return new Compose(yaml)
        .composeString(text.startsWith("\uFEFF") ? text.substring(1) : text)
        .orElse(null);
  }

  private static String textOf(Path path) throws IOException {
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

  private static Parsed unreadable(Path path, String why) {
    Problem problem = new Problem(path.toString(), 0, "cannot be read: " + why, null);
    return new Parsed(path.toString(), Settings.defaults(), List.of(problem), Map.of());
  }
}

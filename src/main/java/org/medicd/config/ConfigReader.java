package org.medicd.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads the configuration. Never throws for what is in a file; everything that is wrong is reported
 * at once.
 */
public final class ConfigReader {
  private ConfigReader() {}

  /** Reads a file that need not be there: without it the defaults hold. */
  public static Parsed read(Path path) {
    if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
      return new Parsed(path.toString(), Settings.defaults(), List.of(), Map.of(), Map.of());
    }
    return readNamed(path);
  }

  /** Reads a file that somebody named: it must be there. */
  public static Parsed readNamed(Path path) {
    try {
      return parse(path.toString(), YamlFile.textOf(path));
    } catch (IOException e) {
      List<Problem> problems = List.of(YamlFile.unreadable(path, e));
      return new Parsed(path.toString(), Settings.defaults(), problems, Map.of(), Map.of());
    }
  }

  /** Reads text; the file's name is for messages. */
  public static Parsed parse(String file, String text) {
    Reading reading = new Reading(file);
    Settings settings = settings(reading, text);
    return new Parsed(file, settings, reading.problems(), reading.lines(), reading.secrets());
  }

  static Settings settings(Reading reading, String text) {
    Settings defaults = Settings.defaults();
    Settings read = YamlFile.parse(reading, text, top -> settings(top, defaults));
    return Objects.requireNonNullElse(read, defaults);
  }

  /** Reads a section that holds the keys of a configuration; what it leaves out stays as it is. */
  public static Settings settings(Section section, Settings otherwise) {
    return SettingsReader.read(section, otherwise);
  }
}

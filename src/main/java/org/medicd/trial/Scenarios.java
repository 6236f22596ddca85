package org.medicd.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.medicd.config.Problem;
import org.medicd.config.Settings;
import org.medicd.config.YamlFile;

/**
 * All scenarios below a folder.
 *
 * @param all in the order of files and lines
 * @param problems of the files
 */
public record Scenarios(List<Scenario> all, List<Problem> problems) {
  public Scenarios {
    all = List.copyOf(all);
    problems = List.copyOf(problems);
  }

  /**
   * Reads every *.yaml below a folder, or one file.
   *
   * @param settings that hold where a scenario says nothing else; but its mode is act
   */
  public static Scenarios below(Path folder, Settings settings) {
    List<Scenario> all = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    try {
      for (Path file : files(folder)) {
        YamlFile.Content<List<Scenario>> read = ScenarioReader.read(file, settings);
        problems.addAll(read.problems());
        if (read.value() != null) {
          all.addAll(read.value());
        }
      }
    } catch (IOException e) {
      problems.add(new Problem(folder.toString(), 0, "cannot be read: " + e.getMessage(), null));
    }
    if (all.isEmpty() && problems.isEmpty()) {
      String none = "there is no scenario (*.yaml) in there";
      problems.add(new Problem(folder.toString(), 0, none, null));
    }
    return new Scenarios(all, problems);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      return entries
          .filter(Files::isRegularFile)
          .filter(entry -> entry.getFileName().toString().endsWith(".yaml"))
          .sorted()
          .toList();
    }
  }
}

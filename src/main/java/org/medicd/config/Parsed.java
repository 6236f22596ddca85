package org.medicd.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a file says.
 *
 * @param file as it was named
 * @param settings what could be read; the default holds where there is a problem
 * @param problems everything that is wrong, by line
 * @param lines of the keys that are there, by their full path, as alerts.email.host
 * @param secrets files that hold them, by the full path of the key that names each
 */
public record Parsed(
    String file,
    Settings settings,
    List<Problem> problems,
    Map<String, Integer> lines,
    Map<String, Path> secrets) {
  /** What is in such a file is the address of a receiver. */
  private static final String ADDRESS = ".url-file";

  public Parsed {
    problems = List.copyOf(problems);
    lines = Map.copyOf(lines);
    secrets = Map.copyOf(secrets);
  }

  public boolean isGood() {
    return problems.isEmpty();
  }

  /** What is wrong with the files that hold secrets, as they are now. */
  public List<Problem> checkSecrets() {
    List<Problem> found = new ArrayList<>();
    new TreeMap<>(secrets)
        .forEach(
            (key, path) -> {
              String wrong = Secrets.problemOf(path, key.endsWith(ADDRESS));
              if (wrong != null) {
                found.add(new Problem(file, lines.getOrDefault(key, 0), key + ": " + wrong, null));
              }
            });
    return found;
  }
}

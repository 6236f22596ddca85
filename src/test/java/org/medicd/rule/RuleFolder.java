package org.medicd.rule;

import static java.time.Duration.ofSeconds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.medicd.config.ConfigReader;
import org.medicd.config.Limits;
import org.medicd.config.Problem;

/** A folder of rule files that a test writes. */
final class RuleFolder {
  final Path path;
  private Limits limits = Limits.defaults();

  RuleFolder(Path path) {
    this.path = path;
  }

  /** Adds limits as the configuration has them, as "cpu-runaway: { for: 5s }". */
  RuleFolder limits(String yaml) {
    limits = ConfigReader.parse("test", "limits: { " + yaml + " }").settings().rules().limits();
    return this;
  }

  Limits limits() {
    return limits;
  }

  RuleFolder file(String name, String content) {
    try {
      Files.writeString(path.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** All that is wrong, each as name:line: message. */
  List<String> problems() {
    return RulePack.compile(List.of(path), limits).problems().stream()
        .map(Problem::toString)
        .map(problem -> problem.replace(path + "/", ""))
        .toList();
  }

  RulePack pack(Path... before) {
    List<Path> folders = new java.util.ArrayList<>(List.of(before));
    folders.add(path);
    RulePack.Compiled compiled = RulePack.compile(folders, limits);
    if (!compiled.problems().isEmpty()) {
      throw new AssertionError(compiled.problems().toString());
    }
    return Objects.requireNonNull(compiled.pack());
  }

  RuleEngine engine(Path... before) {
    return new RuleEngine(pack(before), limits, ofSeconds(1));
  }
}

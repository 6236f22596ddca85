package org.medicd.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Alerts;
import org.medicd.config.Exec;
import org.medicd.config.Parsed;
import org.medicd.config.Problem;
import org.medicd.linux.TrustedPrograms;
import org.medicd.rule.RuleText;

/** Programs of the admin's that the configuration and rules name: whether medicd would run them. */
final class NamedPrograms {
  private static final Pattern EXEC = Pattern.compile("\\.exec\\(\\s*\"([^\"]*)\"");

  private final Parsed config;
  private final TrustedPrograms trusted = TrustedPrograms.ofThisHost();

  NamedPrograms(Parsed config) {
    this.config = config;
  }

  /** What is wrong with those that are told of incidents, and those that rules run. */
  List<Problem> problems(List<RuleText> rules) {
    List<Problem> problems = new ArrayList<>();
    List<Alerts.Command> commands = config.settings().alerts().commands();
    for (int i = 0; i < commands.size(); i++) {
      String key = "alerts.commands[" + i + "].program";
      String wrong = wrongWith(commands.get(i).program());
      if (wrong != null) {
        int line = config.lines().getOrDefault(key, 0);
        problems.add(new Problem(config.file(), line, key + ": " + wrong, null));
      }
    }
    for (RuleText rule : rules) {
      Matcher exec = EXEC.matcher(rule.consequence());
      while (exec.find()) {
        String wrong = wrongWith(exec.group(1));
        if (wrong != null) {
          int line = rule.lineOf("\"" + exec.group(1) + "\"");
          String message = "rule \"" + rule.name() + "\": " + wrong;
          problems.add(new Problem(rule.file().toString(), line, message, null));
        }
      }
    }
    return problems;
  }

  private @Nullable String wrongWith(String name) {
    if (!Exec.isProgramName(name)) {
      return null; // whoever reads rules and configuration says so
    }
    Path program = config.settings().actions().exec().folder().resolve(name);
    try {
      trusted.resolve(program.toString());
      return null;
    } catch (IOException e) {
      return e.getMessage();
    }
  }
}

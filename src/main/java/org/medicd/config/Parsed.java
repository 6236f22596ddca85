package org.medicd.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file says.
 *
 * @param file as it was named
 * @param settings what could be read; the default holds where there is a problem
 * @param problems everything that is wrong, by line
 * @param lines of the keys that are there, by their full path, as alerts.email.host
 */
public record Parsed(
    String file, Settings settings, List<Problem> problems, Map<String, Integer> lines) {
  public Parsed {
    problems = List.copyOf(problems);
    lines = Map.copyOf(lines);
  }

  public boolean isGood() {
    return problems.isEmpty();
  }

  /** What is wrong with the files that hold secrets, as they are now. */
  public List<Problem> checkSecrets() {
    List<Problem> found = new ArrayList<>();
    Alerts.Email email = settings.alerts().email();
    if (email != null) {
      checkSecret(found, "alerts.email.password-file", email.passwordFile());
    }
    Alerts.Slack slack = settings.alerts().slack();
    if (slack != null) {
      checkSecret(found, "alerts.slack.token-file", slack.tokenFile());
      checkSecret(found, "alerts.slack.app-token-file", slack.appTokenFile());
    }
    Http http = settings.http();
    if (http != null) {
      checkSecret(found, "http.token-file", http.tokenFile());
    }
    return found;
  }

  private void checkSecret(List<Problem> found, String key, @Nullable Path path) {
    String wrong = path == null ? null : Secrets.problemOf(path);
    if (wrong != null) {
      found.add(new Problem(file, lines.getOrDefault(key, 0), key + ": " + wrong, null));
    }
  }
}

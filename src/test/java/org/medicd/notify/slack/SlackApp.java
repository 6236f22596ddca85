package org.medicd.notify.slack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The app of examples/slack-app.yaml, as Slack would make it. */
record SlackApp(Set<String> scopes, boolean interactive, boolean socketMode) {
  static SlackApp ofTheExample() throws IOException {
    String text = Files.readString(Path.of("examples/slack-app.yaml"));
    Map<?, ?> manifest = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
    List<?> scopes = (List<?>) member(member(manifest, "oauth_config", "scopes"), "bot");
    Map<?, ?> settings = (Map<?, ?>) member(manifest, "settings");
    Set<String> names = new HashSet<>();
    scopes.forEach(each -> names.add(String.valueOf(each)));
    return new SlackApp(
        names,
        Boolean.TRUE.equals(member(settings, "interactivity", "is_enabled")),
        Boolean.TRUE.equals(member(settings, "socket_mode_enabled")));
  }

  private static Object member(Object parent, String... names) {
    Object found = parent;
    for (String name : names) {
      found = Objects.requireNonNull(((Map<?, ?>) found).get(name), name);
    }
    return found;
  }
}

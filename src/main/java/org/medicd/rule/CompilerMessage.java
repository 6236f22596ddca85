package org.medicd.rule;

import java.util.List;
import org.kie.api.builder.Message;
import org.medicd.config.Problem;

/** Puts a message of the rule compiler back on the file that it is about. */
final class CompilerMessage {
  private CompilerMessage() {}

  static Problem toProblem(Message message, List<RuleSource> sources) {
    String path = String.valueOf(message.getPath());
    String file =
        sources.stream()
            .map(RuleSource::path)
            .filter(each -> path.endsWith("/" + each.getFileName()))
            .map(Object::toString)
            .findFirst()
            .orElse(path);
    return new Problem(file, Math.max(0, message.getLine()), message.getText().strip(), null);
  }
}

package org.medicd.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.medicd.config.Limits;
import org.medicd.rule.RuleEngine;
import org.medicd.rule.RulePack;

/** The rules of this tree, as a daemon without a configuration loads them. */
final class ShippedRules {
  private ShippedRules() {}

  static RuleEngine engine() {
    Limits limits = Limits.defaults();
    RulePack.Compiled compiled = RulePack.compile(List.of(Path.of("rules")), limits);
    RulePack pack = compiled.pack();
    if (pack == null) {
      throw new IllegalStateException(compiled.problems().toString());
    }
    return new RuleEngine(pack, limits, Duration.ofSeconds(1));
  }
}

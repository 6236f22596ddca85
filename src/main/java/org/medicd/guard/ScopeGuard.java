package org.medicd.guard;

import java.util.Optional;
import org.medicd.config.Selectors;
import org.medicd.plan.Intent;
import org.medicd.plan.Verdict;

/** Refuses whatever the configured scope does not name; an empty scope names all. */
final class ScopeGuard implements Guard {
  private final Selectors scope;

  ScopeGuard(Selectors scope) {
    this.scope = scope;
  }

  @Override
  public Optional<Verdict> judge(Intent intent, Situation situation) {
    if (scope.isEmpty() || Selection.match(scope, intent.patient()) != null) {
      return Optional.empty();
    }
    String who =
        intent.patient().executable() == null
            ? intent.patient().subject().toString()
            : intent.patient().executable();
    return Optional.of(new Verdict.Refused("scope", who + " is not in the configured scope", true));
  }
}

package org.medicd.guard;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Selectors;
import org.medicd.fact.Proc;
import org.medicd.plan.Intent;
import org.medicd.plan.Patient;
import org.medicd.plan.Verdict;

/**
 * Refuses whatever the configured scope does not name; an empty scope names all. Each process that
 * would be acted on must be in it, as it is seen now.
 */
final class ScopeGuard implements Guard {
  private final Selection scope;

  ScopeGuard(Selectors scope) {
    this.scope = new Selection(scope);
  }

  @Override
  public Optional<Verdict> judge(Intent intent, Situation situation) {
    if (scope.isEmpty()) {
      return Optional.empty();
    }
    List<Proc> targets = situation.targetsOf(intent);
    Patient patient = intent.patient();
    if (targets.isEmpty()) {
      return scope.match(patient) != null
          ? Optional.empty()
          : refuse(patient.executable(), patient.subject());
    }
    return targets.stream()
        .filter(proc -> scope.match(proc) == null)
        .findFirst()
        .flatMap(proc -> refuse(proc.executable(), proc.id()));
  }

  private static Optional<Verdict> refuse(@Nullable String executable, Object subject) {
    String who = executable == null ? subject.toString() : executable;
    return Optional.of(new Verdict.Refused("scope", who + " is not in the configured scope", true));
  }
}

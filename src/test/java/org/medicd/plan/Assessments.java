package org.medicd.plan;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What rules hold, made for a test. */
public final class Assessments {
  private static final Grounds GROUNDS = new Grounds("rule of a test", List.of(), Instant.EPOCH);

  private Assessments() {}

  public static Assessment nothing() {
    return of(List.of(), List.of(), false);
  }

  public static Assessment of(List<Finding> findings, Collection<Symptom> symptoms, boolean anew) {
    return new Assessment(
        findings,
        symptoms.stream().distinct().collect(Collectors.toMap(Function.identity(), s -> GROUNDS)),
        anew);
  }
}

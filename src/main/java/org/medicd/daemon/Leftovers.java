package org.medicd.daemon;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medicd.guard.Ledger;
import org.medicd.plan.Incident;
import org.medicd.plan.Step;
import org.medicd.plan.Verdict;
import org.medicd.record.Journal;

/**
 * What an earlier run of the daemon left in the journal.
 *
 * @param open incidents that go on: also those that are closed and hold somebody still
 * @param withdrawn incidents that were open before the host was rebooted
 * @param treated closed ones that cooldown and budget still count
 */
record Leftovers(List<Incident> open, List<Incident> withdrawn, List<Incident> treated) {
  private static final Duration COUNTED = Duration.ofHours(24);

  static Leftovers of(Journal.Restored kept, Instant now) {
    List<Incident> open =
        kept.incidents().stream()
            .filter(each -> !each.state().isClosed() || (kept.sameBoot() && holdsSomebody(each)))
            .toList();
    List<Incident> treated =
        kept.incidents().stream()
            .filter(each -> !open.contains(each))
            .filter(each -> each.closedAt() != null && each.closedAt().isAfter(now.minus(COUNTED)))
            .toList();
    return kept.sameBoot()
        ? new Leftovers(open, List.of(), treated)
        : new Leftovers(
            List.of(),
            open.stream().map(each -> each.withdrawn("the host was rebooted", now)).toList(),
            treated);
  }

  private static boolean holdsSomebody(Incident incident) {
    return !incident.holds().isEmpty();
  }

  /** What the new journal begins with. */
  List<Incident> all() {
    return Stream.concat(open.stream(), treated.stream()).toList();
  }

  /** What has ended: the store may not have been told, or not all of it. */
  List<Incident> ended() {
    return Stream.concat(withdrawn.stream(), treated.stream()).toList();
  }

  /** Of all that the journal knew. */
  Set<String> ids() {
    return Stream.concat(all().stream(), withdrawn.stream())
        .map(Incident::id)
        .collect(Collectors.toSet());
  }

  /** Counts the treatments of earlier runs; the ledger's time begins now. */
  void enterInto(Ledger ledger, Instant now) {
    for (Incident incident : all()) {
      incident.steps().stream()
          .filter(step -> step.action().disrupts())
          .filter(step -> step.verdict() instanceof Verdict.Allowed)
          .map(Step::at)
          .findFirst()
          .ifPresent(
              at ->
                  ledger.remember(incident.patient(), incident.rule(), Duration.between(now, at)));
    }
  }
}

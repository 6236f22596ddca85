package org.medicd.daemon;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medicd.guard.Ledger;
import org.medicd.plan.Incident;
import org.medicd.plan.Mention;
import org.medicd.plan.Step;
import org.medicd.record.Journal;

/**
 * What an earlier run of the daemon left in the journal.
 *
 * @param open incidents that go on: also those that are closed and hold somebody still
 * @param withdrawn incidents that were open before the host was rebooted
 * @param treated closed ones that cooldown and budget still count
 * @param beside what is known beside them, by id; nothing after a reboot
 */
record Leftovers(
    List<Incident> open,
    List<Incident> withdrawn,
    List<Incident> treated,
    Map<String, Journal.Beside> beside) {
  private static final Duration COUNTED = Duration.ofHours(24);

  /** By the clock, and by one that nobody sets. */
  record Now(Instant at, Duration sinceBoot) {}

  static Leftovers of(Journal.Restored kept, Now now) {
    List<Incident> open =
        kept.incidents().stream()
            .filter(each -> !each.state().isClosed() || (kept.sameBoot() && holdsSomebody(each)))
            .toList();
    Map<String, Journal.Beside> beside = kept.sameBoot() ? kept.beside() : Map.of();
    List<Incident> treated =
        kept.incidents().stream()
            .filter(each -> !open.contains(each))
            .filter(each -> isCounted(each, treatedAt(beside, each.id()), now))
            .toList();
    return kept.sameBoot()
        ? new Leftovers(open, List.of(), treated, beside)
        : new Leftovers(
            List.of(),
            open.stream().map(each -> each.withdrawn("the host was rebooted", now.at())).toList(),
            treated,
            beside);
  }

  private static @Nullable Duration treatedAt(Map<String, Journal.Beside> beside, String id) {
    Journal.Beside known = beside.get(id);
    return known == null ? null : known.treated();
  }

  private static boolean isCounted(Incident closed, @Nullable Duration at, Now now) {
    return closed.closedAt() != null && closed.closedAt().isAfter(now.at().minus(COUNTED))
        || at != null && now.sinceBoot().minus(at).compareTo(COUNTED) < 0;
  }

  private static boolean holdsSomebody(Incident incident) {
    return !incident.holds().isEmpty();
  }

  /** What people are told of them, by id. */
  Map<String, List<Mention>> told() {
    return beside.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().told()));
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
  void enterInto(Ledger ledger, Now now) {
    for (Incident incident : all()) {
      incident
          .treated()
          .map(step -> age(incident.id(), step, now))
          .ifPresent(age -> ledger.remember(incident.patient(), incident.rule(), age.negated()));
    }
  }

  /** By the clock only where nothing else is known: one that was set back makes it new. */
  private Duration age(String id, Step step, Now now) {
    Duration at = treatedAt(beside, id);
    Duration age = at != null ? now.sinceBoot().minus(at) : Duration.between(step.at(), now.at());
    return age.isNegative() ? Duration.ZERO : age;
  }
}

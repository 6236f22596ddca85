package org.medicd.daemon;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Maintenance;
import org.medicd.plan.Severity;

/**
 * Tells what holds medicd back as a whole: the breaker and a maintenance window once, a pause again
 * and again.
 */
final class HeldBack {
  private static final Duration REMINDED = Duration.ofHours(1);
  private boolean broken;
  private Map<String, Maintenance> maintained = Map.of();
  private @Nullable Duration remindedAt;

  void tell(Stages stages, List<Maintenance> open, Duration now, Instant at) {
    tellOfBreaker(stages, now, at);
    tellOfMaintenance(stages, open, at);
    if (remindedAt == null || now.minus(remindedAt).compareTo(REMINDED) >= 0) {
      if (remindedAt != null) {
        stages.orders().remind();
      }
      remindedAt = now;
    }
  }

  private void tellOfBreaker(Stages stages, Duration now, Instant at) {
    Duration left = stages.guards().brokenFor(now);
    if (broken != (left != null)) {
      broken = left != null;
      String budget = "per-host " + stages.settings().guards().budget().perHost();
      List<String> because =
          List.of("more treatments were wanted than the budget " + budget + " allows");
      if (left != null) {
        String end = "medicd only observes for " + left.toSeconds() + " s, or until medic resume";
        stages.tellOf("breaker-open", because, end, at);
      } else {
        String end = "medicd treats incidents again";
        stages.mention("breaker-closed", Severity.WARNING, because, end, at);
      }
    }
  }

  /** Planned: it is no warning. */
  private void tellOfMaintenance(Stages stages, List<Maintenance> open, Instant at) {
    Map<String, Maintenance> before = maintained;
    maintained = open.stream().collect(Collectors.toMap(Maintenance::name, each -> each));
    List<String> begun =
        open.stream()
            .filter(each -> !before.containsKey(each.name()))
            .map(each -> each.words() + ", for " + whom(each))
            .toList();
    if (!begun.isEmpty()) {
      String end = "medicd only observes what they are about";
      stages.mention("maintenance-begun", Severity.INFO, begun, end, at);
    }
    List<String> ended =
        before.values().stream()
            .filter(each -> !maintained.containsKey(each.name()))
            .map(each -> each.words() + ", for " + whom(each))
            .toList();
    if (!ended.isEmpty()) {
      String end = "medicd goes on with what they were about";
      stages.mention("maintenance-ended", Severity.INFO, ended, end, at);
    }
  }

  private static String whom(Maintenance window) {
    return window.match().isEmpty() ? "everything" : String.join(" ", window.match());
  }
}

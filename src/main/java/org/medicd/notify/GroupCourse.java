package org.medicd.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.medicd.config.Durations;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Notice;
import org.medicd.plan.Step;

/** How those of several incidents ended that are over, in sum. */
final class GroupCourse {
  private static final int MOST_CURES = 5;

  private GroupCourse() {}

  /**
   * As: 3 of 4 are over, after 12s to 3m2s. What cured 2 of them: term 1, kill 1. Empty: none is.
   */
  static Optional<String> of(List<Notice> notices) {
    List<Incident> over =
        notices.stream()
            .map(Notice::incident)
            .filter(each -> each.state().isClosed() && each.closedAt() != null)
            .toList();
    if (over.isEmpty()) {
      return Optional.empty();
    }
    String how =
        over.size() == notices.size()
            ? "All are over"
            : over.size() + " of " + notices.size() + " are over";
    return Optional.of(how + ", " + lasted(over) + ". " + cures(over));
  }

  private static String lasted(List<Incident> over) {
    List<Duration> lasted = over.stream().map(GroupCourse::lasted).sorted().toList();
    String least = Durations.format(lasted.get(0));
    String most = Durations.format(lasted.get(lasted.size() - 1));
    return least.equals(most) ? "after " + most : "after " + least + " to " + most;
  }

  private static Duration lasted(Incident incident) {
    Instant closed = incident.closedAt();
    long seconds = closed == null ? 0 : Duration.between(incident.openedAt(), closed).toSeconds();
    return Duration.ofSeconds(Math.max(0, seconds));
  }

  /** What was done last to those that recovered, by action. */
  private static String cures(List<Incident> over) {
    Map<String, Integer> cures = new LinkedHashMap<>();
    over.stream()
        .filter(each -> each.state() == IncidentState.RECOVERED)
        .forEach(each -> lastAct(each).ifPresent(act -> cures.merge(act, 1, Integer::sum)));
    if (cures.isEmpty()) {
      return "medicd did nothing that ended them.";
    }
    int cured = cures.values().stream().mapToInt(Integer::intValue).sum();
    String most =
        cures.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
            .limit(MOST_CURES)
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining(", "));
    String whom = cured == over.size() ? "them" : cured + " of them";
    String more = cures.size() > MOST_CURES ? " and others" : "";
    return "What cured " + whom + ": " + most + more + ".";
  }

  private static Optional<String> lastAct(Incident incident) {
    return incident.steps().stream()
        .filter(each -> each.action().disrupts() && each.mayHaveActed())
        .reduce((first, second) -> second)
        .map(Step::action)
        .map(action -> NoticeText.name(action.label()));
  }
}

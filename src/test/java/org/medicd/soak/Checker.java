package org.medicd.soak;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medicd.it.DaemonInLab;

/** Knows who is ill, and says what was not done about it, or was done to somebody else. */
final class Checker {
  private static final Duration MOST = Duration.ofSeconds(150);
  private static final Duration MOST_IN_DOUBT = Duration.ofSeconds(240);

  /** What medicd starts to take evidence, and ends when their time is over. */
  private static final Set<String> OWN = Set.of("strace", "gdb", "eu-stack", "journalctl");

  private final DaemonInLab daemon;
  private final Lives lives;
  private final Witness witness;
  private final List<Sick> open = new ArrayList<>();
  private final Map<Illness, List<Duration>> treated = new EnumMap<>(Illness.class);
  private final List<String> complaints = new ArrayList<>();

  Checker(DaemonInLab daemon, Lives lives, Witness witness) {
    this.daemon = daemon;
    this.lives = lives;
    this.witness = witness;
  }

  void fellIll(Sick sick) {
    open.add(sick);
  }

  int ill() {
    return open.size();
  }

  /** medicd is ended now, or was just now. */
  void medicdEnds() {
    open.forEach(Sick::medicdEnds);
  }

  /** Looks who is treated by now, or should be. */
  void look() throws IOException {
    lives.look();
    List<JsonObject> incidents;
    try {
      incidents = daemon.incidents();
    } catch (IOException e) {
      return; // it is being started anew
    }
    for (Iterator<Sick> each = open.iterator(); each.hasNext(); ) {
      Sick sick = each.next();
      Duration most = sick.doubt() ? MOST_IN_DOUBT : MOST;
      if (sick.isOver(incidents) || sick.age().compareTo(most) > 0) {
        each.remove();
        treated.computeIfAbsent(sick.illness(), any -> new ArrayList<>()).add(sick.age());
        List<Sent> sent = byMedicd().filter(signal -> signal.to().equals(sick.name())).toList();
        complaints.addAll(sick.complaints(incidents, sent));
        sick.end();
      }
    }
  }

  private Stream<Sent> byMedicd() {
    return witness.seen().stream()
        .filter(each -> lives.include(each.sender()) || each.isOfUnknown())
        .filter(each -> !each.isOfTheJvm());
  }

  /** Looks at all that was done, once nobody is ill any more. */
  List<String> judge(Crowd crowd, Vitals first, Vitals last) throws IOException {
    byMedicd()
        .filter(each -> !each.to().startsWith("ill-") && !lives.include(each.pid()))
        .filter(each -> !OWN.contains(each.to()))
        .forEach(each -> complaints.add("a signal to a stranger: " + each));
    witness.seen().stream()
        .filter(each -> each.to().startsWith("well-"))
        .filter(each -> !each.isOfTheLab())
        .forEach(each -> complaints.add("a signal to somebody who is well: " + each));
    daemon.incidents().stream()
        .map(each -> Sick.text(each, "diagnosis") + " of " + each.get("subject"))
        .filter(each -> each.contains("well-"))
        .forEach(each -> complaints.add("an incident of somebody who is well: " + each));
    complaints.addAll(crowd.complaints());
    complaints.addAll(last.growth(first));
    if (daemon.medic("audit", "--verify").status() != 0) {
      complaints.add("the audit trail: " + daemon.medic("audit", "--verify").err());
    }
    return List.copyOf(complaints);
  }

  /** What there was, in words. */
  List<String> account() {
    List<String> lines = new ArrayList<>();
    treated.forEach(
        (illness, times) -> {
          LongSummaryStatistics seconds =
              times.stream().mapToLong(Duration::toSeconds).summaryStatistics();
          lines.add(
              "%-10s %3d times, over after %d s to %d s"
                  .formatted(illness.kind(), times.size(), seconds.getMin(), seconds.getMax()));
        });
    Map<String, Long> signals =
        byMedicd()
            .collect(Collectors.groupingBy(Sent::signal, TreeMap::new, Collectors.counting()));
    lines.add(
        "signals by medicd: %s, of %d that the kernel saw"
            .formatted(signals, witness.seen().size()));
    return lines;
  }
}

package org.medicd.daemon;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.medicd.guard.Silences;
import org.medicd.notify.Dispatcher;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Notice;
import org.medicd.plan.Orders;

/**
 * What a channel is to be told again of: the incidents that are open and for it. What is silenced,
 * or would disturb people in quiet hours, is left out unless they know of it: then it would be
 * taken for over.
 */
final class StillOpen implements Function<String, List<Notice>> {
  private final Stages stages;
  private final Tick tick;
  private final InstantSource clock;

  StillOpen(Stages stages, Tick tick, InstantSource clock) {
    this.stages = stages;
    this.tick = tick;
    this.clock = clock;
  }

  @Override
  public List<Notice> apply(String channel) {
    Published last = tick.published();
    Dispatcher dispatcher = stages.dispatcher();
    return last == null
        ? List.of()
        : last.open().stream()
            .map(each -> notice(each, last))
            .filter(
                each ->
                    dispatcher.mayRepeat(channel, each, isSilenced(each.incident(), last.orders())))
            .toList();
  }

  private static boolean isSilenced(Incident incident, Orders orders) {
    return Silences.about(orders, incident.diagnosis(), incident.rule(), incident.patient())
        .isPresent();
  }

  private Notice notice(Incident incident, Published last) {
    return new Notice(
        incident.id() + ".open",
        incident.state() == IncidentState.EXHAUSTED ? Notice.Kind.EXHAUSTED : Notice.Kind.REMINDER,
        incident,
        stages.hostName(),
        last.mode(),
        last.orders().pause(),
        null,
        clock.instant());
  }
}

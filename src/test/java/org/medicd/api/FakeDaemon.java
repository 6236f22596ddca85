package org.medicd.api;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.AspectReport;
import org.medicd.fact.Gap;
import org.medicd.plan.Incident;
import org.medicd.plan.Maintenance;
import org.medicd.plan.Mode;
import org.medicd.plan.NearMiss;
import org.medicd.plan.Silence;
import org.medicd.record.StoreHealth;

/** A daemon that holds the incidents it is given and remembers what it was told. */
public final class FakeDaemon implements Daemon {
  private static final Instant SINCE = Instant.parse("2026-03-01T09:00:00Z");
  private static final StatusView.Spread SPREAD = new StatusView.Spread(4.5, 9.75);

  public final List<Incident> incidents = new ArrayList<>();
  public final List<String> told = new ArrayList<>();
  public final List<Silence> silences = new ArrayList<>();
  public final List<Maintenance> maintenance = new ArrayList<>();
  public boolean storeAnswers = true;

  @Override
  public StatusView status() {
    return new StatusView(
        "1.2.3",
        Mode.OBSERVE,
        false,
        SINCE,
        3_600,
        12.34,
        new StatusView.TickTimes(600, SPREAD, SPREAD, SPREAD, SPREAD),
        345,
        List.of(
            new AspectReport("block devices", Duration.ofMillis(2), 3, null),
            new AspectReport("kernel log", null, 0, "may not be read: give CAP_SYSLOG")),
        List.of(new Gap("proc/stat", "pid 9", "Permission\u001b[2J denied")),
        1,
        (int) incidents.stream().filter(i -> !i.state().isClosed()).count(),
        21,
        List.of("rule that loops"),
        new StatusView.Shadow(2, 3),
        List.of(
            new StatusView.Channel("slack", 0, 7, 0, null, null),
            new StatusView.Channel("email", 2, 12, 1, SINCE, "refused\u001b[2J")),
        new StoreHealth(null, null, 0, 0, null),
        345,
        null,
        silences,
        null,
        maintenance);
  }

  @Override
  public List<IncidentView> shadows(boolean all) {
    return List.of();
  }

  @Override
  public List<IncidentView> incidents(boolean all) throws IOException {
    if (!storeAnswers) {
      throw new IOException("the store does not answer within 3 s");
    }
    return incidents.stream()
        .filter(i -> all || !i.state().isClosed())
        .map(IncidentView::of)
        .toList();
  }

  @Override
  public Optional<IncidentView> incident(String id) {
    return incidents.stream().filter(i -> i.id().equals(id)).map(IncidentView::of).findFirst();
  }

  @Override
  public Optional<WhyView> why(int pid) {
    if (pid == 666) {
      throw new IllegalStateException("a bug");
    }
    return pid != 17
        ? Optional.empty()
        : Optional.of(
            new WhyView(
                17,
                "burn\ner",
                List.of("It burns 99.8 % of one core."),
                List.of(
                    new WhyView.Held(
                        "cpu-hot",
                        null,
                        "symptom: burns",
                        Instant.parse("2026-01-02T03:04:05.25Z"),
                        List.of("cpuAvg10 99.8 >= 90"),
                        List.of("cpuAvg10 97 >= 90"),
                        List.of(new WhyView.LeadsTo("cpu-runaway", 60)))),
                List.of(
                    new NearMiss("symptom: leaks", "rss > 256 MiB", "rss", "200 MiB", "256 MiB")),
                List.of(new WhyView.Would("term", "refused by mode: observe")),
                List.of(new Gap("proc/io", "pid 17", "not permitted"))));
  }

  @Override
  public Reply approve(String id, String who) {
    return tell("approve " + id);
  }

  @Override
  public Reply deny(String id, String who) {
    told.add("deny " + id);
    return Reply.refused("nothing of " + id + " waits for a person");
  }

  @Override
  public Reply pause(String who, @Nullable String reason) {
    return tell("pause" + (reason == null ? "" : " " + reason));
  }

  @Override
  public Reply resume(String who) {
    return tell("resume");
  }

  @Override
  public Reply reload(String who) {
    return tell("reload");
  }

  @Override
  public Reply silence(
      List<String> match, @Nullable String length, String who, @Nullable String reason) {
    return tell("silence " + match + " for " + length + " by " + who + " because " + reason);
  }

  @Override
  public Reply unsilence(String id, String who) {
    return tell("unsilence " + id);
  }

  private Reply tell(String command) {
    told.add(command);
    return Reply.done("done: " + command);
  }
}

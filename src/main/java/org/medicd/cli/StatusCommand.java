package org.medicd.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medicd.api.ApiClient;
import org.medicd.api.StatusView;
import org.medicd.fact.AspectReport;
import org.medicd.fact.Gap;
import org.medicd.plan.Maintenance;
import org.medicd.plan.Silence;
import org.medicd.record.Json;
import org.medicd.record.StoreHealth;
import picocli.CommandLine.Command;

/** How the daemon does. */
@Command(name = "status", description = "How the daemon does.")
final class StatusCommand extends ReadingCommand {
  StatusCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  String ask(ApiClient client) throws IOException {
    return client.status();
  }

  @Override
  void show(String answer) {
    StatusView status = Json.read(answer, StatusView.class);
    Duration age = Duration.between(status.since(), surroundings.clock().instant());
    surroundings.say(
        paint().heading("medicd %s, mode %s".formatted(status.version(), Words.of(status.mode()))));
    heldBack(status).forEach(line -> surroundings.say(paint().alarm(line)));
    Table table = new Table();
    table.add("watching", "since %s (%s)".formatted(status.since(), Words.of(age)));
    table.add(
        "ticks",
        String.format(
            Locale.ROOT,
            "%d, the last took %.1f ms, half of the latest at most %.1f, 99 of 100 at most %.1f",
            status.ticks(),
            status.lastTickMillis(),
            status.tickTimes().whole().medianMillis(),
            status.tickTimes().whole().p99Millis()));
    table.add("processes", status.processes() + ", descriptors held " + status.heldDescriptors());
    table.add("aspects", aspects(status.aspects()));
    table.add("incidents", status.openIncidents() + " open");
    table.add(
        "rules",
        status.rules() + " loaded" + setAside(status.rulesSetAside()) + shadow(status.shadow()));
    table.add("channels", channels(status.channels()));
    table.add("store", store(status.store()));
    table.add("gaps", String.valueOf(status.gapCount()));
    table.lines().forEach(surroundings::say);
    for (Gap gap : status.gaps()) {
      surroundings.say(
          "  " + Escaped.of(gap.aspect() + " of " + gap.subject() + ": " + gap.reason()));
    }
  }

  /** Why medicd does less than its mode says. */
  static List<String> heldBack(StatusView status) {
    List<String> lines = new ArrayList<>();
    if (status.pause() != null) {
      lines.add("IT ACTS ON NOTHING: " + Escaped.of(status.pause().words()) + " (medic resume)");
    }
    if (status.breaker() != null) {
      lines.add(
          "IT ONLY OBSERVES: the host's budget is used up, for another "
              + Words.of(Duration.ofSeconds(status.breaker()))
              + " (or medic resume)");
    }
    for (Maintenance window : status.maintenance()) {
      String whom = window.match().isEmpty() ? "" : " " + String.join(" ", window.match());
      lines.add(Escaped.of("IT ONLY OBSERVES" + whom + ": " + window.words()));
    }
    for (Silence silence : status.silences()) {
      String match = String.join(" ", silence.match());
      lines.add(Escaped.of(silence.id() + " " + match + ": " + silence.words()));
    }
    return lines;
  }

  private static String aspects(List<AspectReport> aspects) {
    return aspects.isEmpty()
        ? "none beside processes and the host: no rule asks for more"
        : aspects.stream().map(StatusCommand::aspect).collect(Collectors.joining(", "));
  }

  private static String aspect(AspectReport aspect) {
    if (aspect.failure() != null) {
      return Escaped.of(aspect.aspect() + " (" + aspect.failure() + ")");
    }
    Duration took = aspect.took();
    return took == null
        ? aspect.aspect() + " (no answer yet)"
        : String.format(
            Locale.ROOT, "%s (%d, %.1f ms)", aspect.aspect(), aspect.facts(), took.toNanos() / 1e6);
  }

  private static String setAside(List<String> names) {
    return names.isEmpty() ? "" : "; set aside: " + Escaped.of(String.join(", ", names));
  }

  private static String shadow(StatusView.@Nullable Shadow shadow) {
    return shadow == null
        ? ""
        : "; %d in shadow, which would have opened %d incidents"
            .formatted(shadow.rules(), shadow.incidents());
  }

  private String channels(List<StatusView.Channel> channels) {
    return channels.isEmpty()
        ? "none: nobody is told"
        : channels.stream().map(this::channel).map(Escaped::of).collect(Collectors.joining(", "));
  }

  private String channel(StatusView.Channel channel) {
    List<String> words = new ArrayList<>();
    words.add(channel.delivered() + " delivered");
    if (channel.pending() > 0) {
      words.add(channel.pending() + " pending");
    }
    if (channel.failed() > 0) {
      words.add(channel.failed() + " given up");
    }
    Instant since = channel.failingSince();
    if (since != null) {
      Duration age = Duration.between(since, surroundings.clock().instant());
      words.add(
          "failing since "
              + since.truncatedTo(ChronoUnit.SECONDS)
              + " ("
              + Words.of(age)
              + "): "
              + channel.problem());
    } else if (channel.problem() != null) {
      words.add(channel.problem());
    }
    return channel.name() + " (" + String.join(", ", words) + ")";
  }

  private static String store(@Nullable StoreHealth store) {
    if (store == null) {
      return "none";
    }
    String state = store.problem() == null ? "good" : store.problem() + ", since " + store.since();
    String lost = store.lost() == 0 ? "" : ", " + store.lost() + " lost";
    String damaged = store.damaged() == null ? "" : ", a damaged one is at " + store.damaged();
    return Escaped.of(state + ", " + store.pending() + " pending" + lost + damaged);
  }
}

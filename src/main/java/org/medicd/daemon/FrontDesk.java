package org.medicd.daemon;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.medicd.api.Reply;
import org.medicd.api.WhyText;
import org.medicd.config.Durations;
import org.medicd.config.IncidentMatch;
import org.medicd.fact.ProcessId;
import org.medicd.notify.Desk;
import org.medicd.notify.Escaped;
import org.medicd.plan.Incident;
import org.medicd.plan.Notice;
import org.medicd.plan.Patient;

/** What people press where they are told, done by what does it when they type it. */
final class FrontDesk implements Desk {
  private static final int LONGEST_LINE = 300;
  private static final String PRESSED = "pressed where it was told";
  private static final Answer TOO_EARLY = new Answer(false, "medicd is starting: try again");

  private final Supplier<@Nullable View> view;
  private final String host;

  /**
   * @param view null before medicd watches
   * @param host its name
   */
  FrontDesk(Supplier<@Nullable View> view, String host) {
    this.view = view;
    this.host = host;
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public Optional<Notice> now(String id) {
    View known = view.get();
    Incident incident = known == null ? null : find(known, id).orElse(null);
    return known == null || incident == null
        ? Optional.empty()
        : Optional.of(
            new Notice(
                id + ".now",
                Notice.Kind.REMINDER,
                incident,
                host,
                known.mode(),
                known.paused(),
                null,
                Instant.now()));
  }

  @Override
  public Answer approve(String id, int rung, String who) {
    return told(daemon -> daemon.errands().approve(id, rung, who));
  }

  @Override
  public Answer deny(String id, int rung, String who) {
    return told(daemon -> daemon.errands().deny(id, rung, who));
  }

  @Override
  public Answer silence(String id, Duration length, String who) {
    return told(
        daemon ->
            find(daemon, id)
                .map(FrontDesk::alike)
                .map(match -> daemon.silence(match, Durations.format(length), who, PRESSED))
                .orElseGet(() -> unknown(id)));
  }

  @Override
  public Answer pause(String who) {
    return told(daemon -> daemon.pause(who, PRESSED));
  }

  @Override
  public Answer why(String id, String who) {
    return told(
        daemon -> {
          Reply reply =
              find(daemon, id).map(incident -> why(daemon, incident)).orElseGet(() -> unknown(id));
          note("why", id, who, reply.done() ? Reply.done("answered") : reply);
          return reply;
        });
  }

  @Override
  public void refused(String what, String id, String who, String why) {
    note(what, id, who, Reply.refused(why));
  }

  private void note(String what, String id, String who, Reply came) {
    View known = view.get();
    if (known != null) {
      known.errands().noted(what, who, Escaped.line(id, LONGEST_LINE), came);
    }
  }

  private Answer told(Function<View, Reply> errand) {
    View known = view.get();
    if (known == null) {
      return TOO_EARLY;
    }
    Reply reply = errand.apply(known);
    return new Answer(reply.done(), reply.message());
  }

  private static Optional<Incident> find(View view, String id) {
    try {
      return view.find(id);
    } catch (IOException e) {
      return Optional.empty(); // the disk does not answer, and it is no incident of today
    }
  }

  private static Reply unknown(String id) {
    return Reply.refused("nothing is known any more of incident " + Escaped.line(id, 100));
  }

  /** The same diagnosis of the same unit, program, file system or device; without those, of all. */
  static List<String> alike(Incident incident) {
    Patient patient = incident.patient();
    String subject = IncidentMatch.nameOf(patient.subject());
    List<String> match = new ArrayList<>(List.of("diagnosis=" + literally(incident.diagnosis())));
    if (patient.unit() != null) {
      match.add("unit=" + literally(patient.unit()));
    } else if (patient.executable() != null) {
      match.add("process=" + literally(patient.executable()));
    } else if (subject != null) {
      match.add("subject=" + literally(subject));
    }
    return match;
  }

  /** A name may have characters of a pattern in it: one that stands for one is the least. */
  private static String literally(String name) {
    return name.replace('*', '?');
  }

  private static Reply why(View view, Incident incident) {
    ProcessId process = incident.members().isEmpty() ? null : incident.members().get(0);
    if (process == null) {
      return Reply.refused("it is not about a process: medic show " + incident.id());
    }
    return view.why(process)
        .map(why -> WhyText.of(why, Instant.now(), FrontDesk::whole).lines("•"))
        .map(lines -> String.join("\n", lines.stream().map(FrontDesk::line).toList()))
        .map(Reply::done)
        .orElseGet(() -> Reply.refused(process + " has ended"));
  }

  private static String whole(Duration duration) {
    return Durations.format(Duration.ofSeconds(duration.toSeconds()));
  }

  private static String line(String line) {
    return Escaped.line(line, LONGEST_LINE);
  }
}

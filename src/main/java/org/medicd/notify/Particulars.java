package org.medicd.notify;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Incident;
import org.medicd.plan.Notice;

/**
 * A notice in pieces, for a channel that lays them out itself. Each piece is one line, without
 * control characters.
 *
 * @param standing how it stands
 * @param title host and diagnosis
 * @param facts what it is about
 * @param because what it stands on
 * @param done what became of the rungs
 * @param next what comes next; null: it is over
 * @param advice what people may do; null: the rules give none
 * @param end how it ended, and how long it lasted; empty while it is open
 * @param mode how far medicd goes
 */
public record Particulars(
    Standing standing,
    String title,
    List<Fact> facts,
    List<String> because,
    List<String> done,
    @Nullable String next,
    @Nullable String advice,
    List<String> end,
    String mode) {
  /** As: Severity, warning. */
  public record Fact(String name, String value) {}

  public Particulars {
    facts = List.copyOf(facts);
    because = List.copyOf(because);
    done = List.copyOf(done);
    end = List.copyOf(end);
  }

  public static Particulars of(Notice notice) {
    Incident incident = notice.incident();
    boolean closed = incident.state().isClosed();
    return new Particulars(
        Standing.of(incident),
        NoticeText.host(notice) + ": " + NoticeText.name(incident.diagnosis()),
        facts(notice),
        incident.because().stream().map(NoticeText::line).toList(),
        incident.steps().stream().map(NoticeText::step).map(NoticeText::line).toList(),
        closed ? null : NoticeText.next(incident),
        NoticeText.advice(incident).orElse(null),
        end(incident),
        NoticeText.mode(notice));
  }

  private static List<Fact> facts(Notice notice) {
    Incident incident = notice.incident();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Who", NoticeText.patient(incident)));
    if (incident.patient().unit() != null) {
      facts.add(new Fact("Unit", NoticeText.name(incident.patient().unit())));
    }
    facts.add(new Fact("Severity", NoticeText.word(incident.severity())));
    facts.add(new Fact("State", state(incident)));
    facts.add(new Fact("Since", incident.openedAt().truncatedTo(ChronoUnit.SECONDS).toString()));
    facts.add(new Fact("Mode", NoticeText.word(notice.mode().atMost(incident.mode()))));
    facts.add(new Fact("Rule", NoticeText.name(incident.rule())));
    return facts;
  }

  private static String state(Incident incident) {
    Standing standing = Standing.of(incident);
    return standing == Standing.OVER ? NoticeText.word(incident.state()) : standing.words();
  }

  private static List<String> end(Incident incident) {
    String why = incident.closedBecause();
    return why == null ? List.of() : List.of(NoticeText.line(why), NoticeText.course(incident));
  }
}

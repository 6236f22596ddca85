package org.medicd.cli;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.medicd.api.IncidentView;
import org.medicd.api.RungView;

/** Views in words for a terminal, names escaped. */
final class Words {
  private Words() {}

  /** The largest unit that is reached, as 90 s, 5 min, 3 h, 12 d. */
  static String of(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    } else if (seconds < 2 * 3_600) {
      return seconds / 60 + " min";
    } else if (seconds < 2 * 86_400) {
      return seconds / 3_600 + " h";
    }
    return seconds / 86_400 + " d";
  }

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** burner[17], nginx.service, file system /data (server:/x). */
  static String of(IncidentView.SubjectView subject) {
    if (subject.pid() != null) {
      String comm = subject.comm() == null ? "?" : subject.comm();
      return Escaped.of(comm) + "[" + subject.pid() + "]";
    }
    String name = subject.name() == null ? subject.kind() : subject.name();
    return Escaped.of(name);
  }

  /** As "term: refused by cooldown: 14 s left", or "term: done: sent". */
  static String of(RungView rung) {
    RungView.OutcomeView outcome = rung.outcome();
    String result = outcome != null ? result(outcome) : verdict(rung.verdict());
    return Escaped.of(rung.action()) + ": " + result;
  }

  /** As "term done", or "term refused by cooldown". */
  static String brief(RungView rung) {
    RungView.OutcomeView outcome = rung.outcome();
    String by = rung.verdict().guard() == null ? "" : " by " + rung.verdict().guard();
    return Escaped.of(rung.action())
        + " "
        + Escaped.of(outcome != null ? outcome.is() : rung.verdict().is() + by);
  }

  static String verdict(RungView.VerdictView verdict) {
    String by = verdict.guard() == null ? "" : " by " + verdict.guard();
    return Escaped.of(verdict.is() + by + reason(verdict.reason()));
  }

  static String result(RungView.OutcomeView outcome) {
    return Escaped.of(outcome.is() + reason(outcome.reason()));
  }

  private static String reason(@Nullable String reason) {
    return reason == null ? "" : ": " + reason;
  }
}

package org.medicd.notify;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;
import org.medicd.config.QuietHours;
import org.medicd.config.WindowTimes;
import org.medicd.plan.Notice;

/** When people are not disturbed. */
final class Quiet {
  private record Timed(QuietHours hours, WindowTimes times) {}

  private final List<Timed> windows;
  private final InstantSource clock;

  Quiet(List<QuietHours> windows, ZoneId zone, InstantSource clock) {
    this.windows =
        windows.stream()
            .map(each -> new Timed(each, new WindowTimes(each.calendar(), each.length(), zone)))
            .toList();
    this.clock = clock;
  }

  /** What is not told by that channel now. */
  Predicate<Notice> on(String channel) {
    List<Timed> those =
        windows.stream()
            .filter(
                each ->
                    each.hours().channels().isEmpty() || each.hours().channels().contains(channel))
            .toList();
    return notice -> those.stream().anyMatch(each -> isQuiet(each, notice));
  }

  private boolean isQuiet(Timed window, Notice notice) {
    return notice.incident().severity().compareTo(window.hours().below()) < 0
        && window.times().openUntil(clock.instant()) != null;
  }
}

package org.medicd.notify;

import java.util.List;
import java.util.stream.Stream;
import org.medicd.plan.Incident;
import org.medicd.plan.Notice;

/**
 * What is to be told of one incident. Times are monotonic.
 *
 * @param notice how it is now, and what mattered most meanwhile
 * @param covers ids of the notices that it stands for
 */
record Untold(Notice notice, List<String> covers, long sinceNanos) {
  static Untold of(Notice notice, long sinceNanos) {
    return new Untold(notice, List.of(notice.id()), sinceNanos);
  }

  Untold followedBy(Untold later) {
    List<String> both = Stream.concat(covers.stream(), later.covers.stream()).distinct().toList();
    return new Untold(notice.followedBy(later.notice), both, sinceNanos);
  }

  Incident incident() {
    return notice.incident();
  }

  /** A person has to do something. */
  boolean calls() {
    return switch (notice.kind()) {
      case EXHAUSTED, PAGED, ASKED -> true;
      case STEP, OPENED, REMINDER, CLOSED -> false;
    };
  }
}

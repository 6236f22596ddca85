package org.medicd.incident;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/** Names incidents by the time of their opening, in which they sort. */
final class Ids {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final String mark;
  private Set<String> taken = Set.of();
  private long count;

  /**
   * @param mark in all of them
   */
  Ids(String mark) {
    this.mark = mark;
  }

  /** Names those that an earlier daemon gave: a clock that was set back tells a time twice. */
  void avoid(Set<String> ids) {
    taken = Set.copyOf(ids);
  }

  String next(Instant at) {
    String id;
    do {
      id = SECOND.format(at) + "-" + mark + Long.toString(++count, 36);
    } while (taken.contains(id));
    return id;
  }
}

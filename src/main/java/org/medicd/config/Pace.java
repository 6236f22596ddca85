package org.medicd.config;

import java.time.Duration;

/**
 * How people are told of much at once, and how long it is tried to tell them.
 *
 * @param groupWait how long the first letter about something waits for others of the same cause
 * @param groupInterval the shortest time between two letters about several incidents of one cause,
 *     none of which calls for a person; without a letter for so long a cause begins anew
 * @param mostPerMinute beyond so many letters of one channel what waits becomes a digest
 * @param remind how long after the last letter about an incident that is open still people hear of
 *     it again; zero: never
 * @param retryFor how long a letter waits for a channel that does not take it, before it is given
 *     up
 */
public record Pace(
    Duration groupWait,
    Duration groupInterval,
    int mostPerMinute,
    Duration remind,
    Duration retryFor) {
  public static final Pace DEFAULT =
      new Pace(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          20,
          Duration.ofHours(4),
          Duration.ofHours(24));
}

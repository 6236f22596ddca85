package org.medicd.plan;

import java.time.Instant;
import java.util.List;

/**
 * That people are told something of an incident.
 *
 * @param id of the notice
 * @param kind what they are told
 * @param channels by which
 * @param at when it happened
 */
public record Mention(String id, Notice.Kind kind, List<String> channels, Instant at) {
  public Mention {
    channels = List.copyOf(channels);
  }
}

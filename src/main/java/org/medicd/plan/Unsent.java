package org.medicd.plan;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier run of the daemon was to tell people and did not.
 *
 * @param items oldest first
 * @param threads where people were told of incidents, by channel and incident
 */
public record Unsent(List<Item> items, Map<String, Map<String, Thread>> threads) {
  public static final Unsent NOTHING = new Unsent(List.of(), Map.of());

  /**
   * A notice for one channel.
   *
   * @param letter key of the letter that it was tried by; null: it was not
   */
  public record Item(String channel, Notice notice, @Nullable String letter) {}

  /**
   * Where people were told of an incident.
   *
   * @param name what the channel calls the first message
   * @param over they know that it is over
   */
  public record Thread(String name, boolean over) {}

  public Unsent {
    items = List.copyOf(items);
    threads = Map.copyOf(threads);
  }
}

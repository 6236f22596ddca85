package org.medicd.plan;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier run of the daemon was to tell people and did not.
 *
 * @param items oldest first
 * @param threads where people were told of incidents, by channel and incident
 * @param ends incidents that are over, which people were told of, and of whose end they were not:
 *     as where the host was rebooted; by channel
 */
public record Unsent(
    List<Item> items, Map<String, Map<String, Thread>> threads, Map<String, List<Incident>> ends) {
  public static final Unsent NOTHING = new Unsent(List.of(), Map.of(), Map.of());

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

  /** The same, with more to be told. */
  public Unsent with(List<Item> more) {
    return new Unsent(Stream.concat(items.stream(), more.stream()).toList(), threads, ends);
  }

  /** The same, but for these. */
  public Unsent without(Predicate<Item> those) {
    return new Unsent(items.stream().filter(those.negate()).toList(), threads, ends);
  }

  public Unsent {
    items = List.copyOf(items);
    threads = Map.copyOf(threads);
    ends = Map.copyOf(ends);
  }
}

package org.medicd.notify;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Hands every notice to the channels. Each channel has a queue and a thread of its own: one that
 * hangs delays neither the others nor whoever tells.
 */
public final class Dispatcher implements AutoCloseable {
  private static final int CAPACITY = 200;
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(3);

  private record Way(Channel channel, Lane lane) {}

  private final List<Way> ways;

  public Dispatcher(List<Channel> channels, Waiter waiter) {
    this(channels, waiter, CAPACITY);
  }

  Dispatcher(List<Channel> channels, Waiter waiter, int capacity) {
    ways = channels.stream().map(c -> new Way(c, new Lane(c, waiter, capacity))).toList();
    ways.forEach(way -> way.lane().start());
  }

  /** Never waits; where a queue is full its oldest notice is dropped. */
  public void tell(Notice notice) {
    for (Way way : ways) {
      if (notice.incident().severity().compareTo(way.channel().atLeast()) >= 0) {
        way.lane().offer(notice);
      }
    }
  }

  /** What became of the notices so far, by channel. */
  public List<Tally> tallies() {
    return ways.stream().map(way -> way.lane().tally()).toList();
  }

  /** Takes no more notices and gives those that wait at most so long. */
  public void close(Duration patience) {
    CompletableFuture<?>[] ends =
        ways.stream().map(way -> way.lane().close()).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // abandoned below, with a line in the log
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ways.forEach(way -> way.lane().abandon());
  }

  @Override
  public void close() {
    close(LAST_PATIENCE);
  }
}

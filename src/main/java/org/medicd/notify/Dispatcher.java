package org.medicd.notify;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.medicd.config.Alerts;
import org.medicd.config.Route;
import org.medicd.plan.Notice;
import org.medicd.plan.Post;
import org.medicd.plan.Unsent;

/**
 * Hands every notice to the channels that it is for. Each channel has an outbox and a thread of its
 * own: one that hangs delays neither the others nor whoever tells.
 */
public final class Dispatcher implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(3);

  private final List<Route> routes;
  private final List<Lane> lanes;

  /**
   * @param zone in which quiet hours are reckoned
   */
  public Dispatcher(
      List<Channel> channels, Alerts alerts, ZoneId zone, Receipts receipts, InstantSource clock) {
    Quiet quiet = new Quiet(alerts.quietHours(), zone, clock);
    routes = alerts.routes();
    lanes =
        channels.stream()
            .map(
                each ->
                    new Lane(
                        each, alerts.pace(), quiet.on(each.name()), receipts, clock, FIRST_PAUSE))
            .toList();
  }

  /**
   * Begins to deliver: what was told before that waits until now.
   *
   * @param left what an earlier run of the daemon did not deliver
   */
  public void start(Unsent left) {
    for (Lane lane : lanes) {
      String channel = lane.channel().name();
      lane.start(
          left.items().stream().filter(each -> each.channel().equals(channel)).toList(),
          left.threads().getOrDefault(channel, Map.of()));
    }
  }

  /** Whom this is for, by their names. */
  public List<String> channels(Notice notice) {
    Optional<Route> route =
        routes.stream().filter(each -> each.isFor(notice.incident())).findFirst();
    return lanes.stream()
        .map(Lane::channel)
        .filter(each -> route.isEmpty() || route.get().to().contains(each.name()))
        .filter(
            each ->
                notice.incident().severity().compareTo(each.atLeast()) >= 0
                    && each.tells(notice.kind()))
        .map(Channel::name)
        .toList();
  }

  /** Never waits. */
  public void tell(Post post) {
    for (Lane lane : lanes) {
      if (post.channels().contains(lane.channel().name())) {
        lane.add(post.notice());
      }
    }
  }

  /** What became of the notices so far, by channel. */
  public List<Tally> tallies() {
    return lanes.stream().map(Lane::tally).toList();
  }

  /** Takes no more notices and gives those that wait at most so long. */
  public void close(Duration patience) {
    CompletableFuture<?>[] ends =
        lanes.stream().map(Lane::close).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // abandoned below, with a line in the log
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lanes.forEach(Lane::abandon);
  }

  @Override
  public void close() {
    close(LAST_PATIENCE);
  }
}

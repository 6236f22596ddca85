package org.medicd.notify;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.medicd.config.Alerts;
import org.medicd.config.Pace;
import org.medicd.config.Route;
import org.medicd.plan.Notice;
import org.medicd.plan.Post;
import org.medicd.plan.Unsent;

/**
 * Hands every notice to the channels that it is for. Each channel has an outbox and a thread of its
 * own: one that hangs delays neither the others nor whoever tells.
 */
public final class Dispatcher implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(3);

  private static final String UNKNOWN = "there is no such channel any longer";

  private final ZoneId zone;
  private final Receipts receipts;
  private final InstantSource clock;
  private volatile List<Route> routes;
  private volatile List<Lane> lanes;
  private boolean started;

  /**
   * @param zone in which quiet hours are reckoned
   */
  public Dispatcher(
      List<Channel> channels, Alerts alerts, ZoneId zone, Receipts receipts, InstantSource clock) {
    this.zone = zone;
    this.receipts = receipts;
    this.clock = clock;
    Quiet quiet = new Quiet(alerts.quietHours(), zone, clock);
    routes = alerts.routes();
    lanes = channels.stream().map(each -> lane(each, alerts.pace(), quiet)).toList();
  }

  private Lane lane(Channel channel, Pace pace, Quiet quiet) {
    return new Lane(channel, pace, quiet.on(channel.name()), receipts, clock, FIRST_PAUSE);
  }

  /**
   * Begins to deliver: what was told before that waits until now. Once it has begun, it takes what
   * is known of an earlier run only then.
   *
   * @param left what an earlier run of the daemon did not deliver; what it was to tell by a channel
   *     that is gone is given up
   */
  public synchronized void start(Unsent left) {
    started = true;
    Map<String, List<Unsent.Item>> items =
        left.items().stream()
            .collect(
                Collectors.groupingBy(
                    Unsent.Item::channel, LinkedHashMap::new, Collectors.toList()));
    for (Lane lane : lanes) {
      List<Unsent.Item> its = items.remove(lane.name());
      lane.start(its == null ? List.of() : its, left.threads().getOrDefault(lane.name(), Map.of()));
    }
    items.forEach(
        (channel, its) -> {
          LOG.log(Level.ERROR, "{0}: {1} notices given up: {2}", channel, its.size(), UNKNOWN);
          receipts.givenUp(channel, Letter.ofAll(its), UNKNOWN);
        });
  }

  /**
   * Goes on with other channels and settings. One that is the same object as before, or has its
   * name, takes over what waits for it; what waits for one that is gone is given up. Not to be
   * called between {@link #channels} and {@link #tell}, or by two at once. Never waits for a
   * channel.
   */
  public synchronized void replace(List<Channel> channels, Alerts alerts) {
    Quiet quiet = new Quiet(alerts.quietHours(), zone, clock);
    Map<String, Lane> known = new LinkedHashMap<>();
    lanes.forEach(each -> known.put(each.name(), each));
    List<Lane> others = new ArrayList<>();
    for (Channel channel : channels) {
      Lane lane = known.remove(channel.name());
      if (lane == null) {
        lane = lane(channel, alerts.pace(), quiet);
        if (started) {
          lane.start(List.of(), Map.of());
        }
      } else {
        lane.replace(channel, alerts.pace(), quiet.on(channel.name()));
      }
      others.add(lane);
    }
    routes = alerts.routes();
    lanes = List.copyOf(others);
    known.values().forEach(Lane::remove);
  }

  /** Of all channels. */
  public List<String> names() {
    return lanes.stream().map(Lane::name).toList();
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
                notice.incident().severity().compareTo(each.atLeast()) >= 0 && each.tells(notice))
        .map(Channel::name)
        .toList();
  }

  /** Those whose receivers are to be told again of what is open. */
  public List<Repeating> repeating() {
    return lanes.stream()
        .map(Lane::channel)
        .filter(Repeating.class::isInstance)
        .map(Repeating.class::cast)
        .toList();
  }

  /**
   * Whether that channel may tell of it beside its letters: it is for it, and people know of it
   * already or may be disturbed with it now.
   *
   * @param silenced a person wants nobody to be told of it
   */
  public boolean mayRepeat(String channel, Notice notice, boolean silenced) {
    return channels(notice).contains(channel)
        && lanes.stream()
            .filter(each -> each.channel().name().equals(channel))
            .anyMatch(
                each ->
                    each.hasTold(notice.incident().id()) || (!silenced && !each.isQuiet(notice)));
  }

  /** The channel that has failed for longest and does still; empty: none fails. */
  public Optional<Failing> failing() {
    return lanes.stream()
        .map(Lane::failing)
        .flatMap(Optional::stream)
        .max(Comparator.comparing(Failing::lasts));
  }

  /** Never waits. */
  public void tell(Post post) {
    for (Lane lane : lanes) {
      if (post.channels().contains(lane.name())) {
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
    List<Lane> now = lanes;
    CompletableFuture<?>[] ends =
        now.stream().map(Lane::close).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // abandoned below, with a line in the log
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    now.forEach(Lane::abandon);
  }

  @Override
  public void close() {
    close(LAST_PATIENCE);
  }
}

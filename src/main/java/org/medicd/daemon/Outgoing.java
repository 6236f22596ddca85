package org.medicd.daemon;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.daemon.chronicle.Chronicle;
import org.medicd.notify.Dispatcher;
import org.medicd.notify.Letter;
import org.medicd.notify.Receipts;
import org.medicd.plan.Incident;
import org.medicd.plan.Mention;
import org.medicd.plan.Mode;
import org.medicd.plan.Notice;
import org.medicd.plan.Post;
import org.medicd.plan.Unsent;
import org.medicd.record.Journal;
import org.medicd.record.Store;

/** Between the store and the channels: what became of letters, and what an earlier run left. */
final class Outgoing implements Receipts, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Outgoing.class.getName());

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Store store;
  private final Chronicle chronicle;
  private final InstantSource clock;
  private final String host;
  private final Mode mode;
  private final Duration patience;
  private final Duration pause;
  private final Set<String> ended = new HashSet<>(); // it guards the next, too
  private @Nullable Thread asking;

  /**
   * @param chronicle gets a last line of what is given up
   * @param host its name
   * @param mode the furthest that medicd goes
   */
  Outgoing(Store store, Chronicle chronicle, InstantSource clock, String host, Mode mode) {
    this(store, chronicle, clock, host, mode, PATIENCE, PAUSE);
  }

  /**
   * @param patience how long people hear nothing where the store does not say what they know
   * @param pause before it is asked again
   */
  Outgoing(
      Store store,
      Chronicle chronicle,
      InstantSource clock,
      String host,
      Mode mode,
      Duration patience,
      Duration pause) {
    this.patience = patience;
    this.pause = pause;
    this.store = store;
    this.chronicle = chronicle;
    this.clock = clock;
    this.host = host;
    this.mode = mode;
  }

  @Override
  public void trying(String channel, Letter letter) {
    store.trying(channel, letter.key(), letter.covers());
  }

  @Override
  public void delivered(String channel, Letter letter, String thread) {
    ended(channel, letter.covers(), "delivered");
    for (Notice notice : letter.notices()) {
      boolean over = notice.incident().state().isClosed();
      store.thread(channel, notice.incident().id(), new Unsent.Thread(thread, over));
    }
  }

  @Override
  public void counted(String channel, List<String> notices) {
    ended(channel, notices, "counted");
  }

  @Override
  public void givenUp(String channel, Letter letter, String why) {
    ended(channel, letter.covers(), "given up: " + why);
    chronicle.givenUp(channel, letter, why);
  }

  /**
   * Has the channels begin with what an earlier run left, as soon as the store has said what that
   * is. Nobody waits for it. Where the store takes too long they begin with what the journal tells
   * of incidents that are open, which people may be told twice, and take the rest later.
   */
  void begin(Dispatcher dispatcher, Journal.Restored kept) {
    synchronized (ended) {
      asking = new Thread(() -> begin(dispatcher, journalled(kept)), "medicd-unsent");
      asking.setDaemon(true);
      asking.start();
    }
  }

  private void begin(Dispatcher dispatcher, List<Post> journalled) {
    try {
      Unsent unsent = unsent(dispatcher, journalled);
      dispatcher.start(unsent.with(ends(unsent, dispatcher.names())).without(this::isEnded));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the daemon ends: it is left to the next start
    }
    synchronized (ended) {
      ended.clear();
      asking = null;
    }
  }

  private Unsent unsent(Dispatcher dispatcher, List<Post> journalled) throws InterruptedException {
    long began = System.nanoTime();
    boolean begun = false;
    while (true) {
      try {
        return store.unsent(journalled);
      } catch (IOException e) {
        if (!begun && System.nanoTime() - began > patience.toNanos()) {
          LOG.log(Level.WARNING, "people may be told again what they know: {0}", e.getMessage());
          dispatcher.start(ofOpen(journalled));
          begun = true;
        }
        Thread.sleep(pause.toMillis());
      }
    }
  }

  private static Unsent ofOpen(List<Post> journalled) {
    return Unsent.NOTHING.with(
        journalled.stream()
            .filter(each -> !each.notice().incident().state().isClosed())
            .flatMap(
                each ->
                    each.channels().stream()
                        .map(channel -> new Unsent.Item(channel, each.notice(), null)))
            .toList());
  }

  private boolean isEnded(Unsent.Item item) {
    synchronized (ended) {
      return ended.contains(item.channel() + " " + item.notice().id());
    }
  }

  /** The store may say later that these were not told. */
  private void ended(String channel, List<String> notices, String outcome) {
    store.ended(channel, notices, outcome);
    synchronized (ended) {
      if (asking != null) {
        notices.forEach(each -> ended.add(channel + " " + each));
      }
    }
  }

  @Override
  public void close() {
    synchronized (ended) {
      if (asking != null) {
        asking.interrupt();
      }
    }
  }

  /** People were told of these, and are to be told that they are over. */
  private List<Unsent.Item> ends(Unsent unsent, List<String> channels) {
    List<Unsent.Item> items = new ArrayList<>();
    unsent
        .ends()
        .forEach(
            (channel, incidents) -> {
              if (channels.contains(channel)) {
                incidents.forEach(each -> items.add(end(channel, each)));
              }
            });
    return items;
  }

  private Unsent.Item end(String channel, Incident incident) {
    Notice end = notice(incident.id() + ".end", Notice.Kind.CLOSED, incident, clock.instant());
    store.put(incident, List.of(new Post(end, List.of(channel))));
    return new Unsent.Item(channel, end, null);
  }

  /** What people were to be told by an earlier run, as far as the journal knows. */
  private List<Post> journalled(Journal.Restored kept) {
    List<Post> posts = new ArrayList<>();
    for (Incident incident : kept.incidents()) {
      Journal.Beside beside = kept.beside().get(incident.id());
      for (Mention mention : beside == null ? List.<Mention>of() : beside.told()) {
        Notice notice = notice(mention.id(), mention.kind(), incident, mention.at());
        posts.add(new Post(notice, mention.channels()));
      }
    }
    return posts;
  }

  private Notice notice(String id, Notice.Kind kind, Incident incident, Instant at) {
    return new Notice(id, kind, incident, host, mode, null, null, at);
  }
}

package org.medicd.daemon;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
final class Outgoing implements Receipts {
  private static final System.Logger LOG = System.getLogger(Outgoing.class.getName());

  private final Store store;
  private final Chronicle chronicle;
  private final InstantSource clock;
  private final String host;
  private final Mode mode;

  /**
   * @param chronicle gets a last line of what is given up
   * @param host its name
   * @param mode the furthest that medicd goes
   */
  Outgoing(Store store, Chronicle chronicle, InstantSource clock, String host, Mode mode) {
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
    store.ended(channel, letter.covers(), "delivered");
    for (Notice notice : letter.notices()) {
      boolean over = notice.incident().state().isClosed();
      store.thread(channel, notice.incident().id(), new Unsent.Thread(thread, over));
    }
  }

  @Override
  public void counted(String channel, List<String> notices) {
    store.ended(channel, notices, "counted");
  }

  @Override
  public void givenUp(String channel, Letter letter, String why) {
    store.ended(channel, letter.covers(), "given up: " + why);
    chronicle.givenUp(channel, letter, why);
  }

  /**
   * Has the channels begin with what an earlier run left, as soon as the store has said what that
   * is. Nobody waits for it; where the store cannot say, it is what the journal tells of incidents
   * that are open: they may be told twice.
   */
  void begin(Dispatcher dispatcher, Journal.Restored kept) {
    Thread thread =
        new Thread(() -> dispatcher.start(unsent(kept, dispatcher.names())), "medicd-unsent");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * @param channels those that there are
   */
  private Unsent unsent(Journal.Restored kept, List<String> channels) {
    List<Post> journalled = journalled(kept);
    try {
      Unsent unsent = store.unsent(journalled);
      return unsent.with(ends(unsent, channels));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "people may be told again what they know: {0}", e.getMessage());
      return Unsent.NOTHING.with(
          journalled.stream()
              .filter(each -> !each.notice().incident().state().isClosed())
              .flatMap(
                  each ->
                      each.channels().stream()
                          .map(channel -> new Unsent.Item(channel, each.notice(), null)))
              .toList());
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

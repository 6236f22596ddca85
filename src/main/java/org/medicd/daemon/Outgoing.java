package org.medicd.daemon;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  Outgoing(Store store) {
    this.store = store;
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
  public void givenUp(String channel, Letter letter, String why) {
    store.ended(channel, letter.covers(), "given up: " + why);
  }

  /**
   * Has the channels begin with what an earlier run left, as soon as the store has said what that
   * is. Nobody waits for it; where the store cannot say, it is what the journal tells of incidents
   * that are open: they may be told twice.
   */
  void begin(Dispatcher dispatcher, List<Post> journalled) {
    Thread thread = new Thread(() -> dispatcher.start(unsent(journalled)), "medicd-unsent");
    thread.setDaemon(true);
    thread.start();
  }

  private Unsent unsent(List<Post> journalled) {
    try {
      return store.unsent(journalled);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "people may be told again what they know: {0}", e.getMessage());
      List<Unsent.Item> items = new ArrayList<>();
      for (Post post : journalled) {
        if (!post.notice().incident().state().isClosed()) {
          post.channels()
              .forEach(channel -> items.add(new Unsent.Item(channel, post.notice(), null)));
        }
      }
      return new Unsent(items, Map.of());
    }
  }

  /** What people were to be told by an earlier run, as far as the journal knows. */
  static List<Post> journalled(Journal.Restored kept, String host, Mode mode) {
    List<Post> posts = new ArrayList<>();
    for (Incident incident : kept.incidents()) {
      Journal.Beside beside = kept.beside().get(incident.id());
      for (Mention mention : beside == null ? List.<Mention>of() : beside.told()) {
        posts.add(
            new Post(
                new Notice(
                    mention.id(), mention.kind(), incident, host, mode, null, null, mention.at()),
                mention.channels()));
      }
    }
    return posts;
  }
}

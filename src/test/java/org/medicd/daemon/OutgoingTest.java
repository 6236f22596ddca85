package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.config.Alerts;
import org.medicd.config.Pace;
import org.medicd.daemon.chronicle.Chronicle;
import org.medicd.notify.Channel;
import org.medicd.notify.Dispatcher;
import org.medicd.notify.Letter;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Mention;
import org.medicd.plan.Mode;
import org.medicd.plan.Notice;
import org.medicd.plan.Post;
import org.medicd.plan.Severity;
import org.medicd.plan.Unsent;
import org.medicd.record.Journal;
import org.medicd.record.Store;
import org.medicd.record.StoreSettings;

@Timeout(60)
class OutgoingTest {
  private static final Instant NOW = IncidentAt.OPENED.plusSeconds(60);
  private static final Incident OPEN = new IncidentAt("1", IncidentState.OPEN).make();
  private static final Incident OVER =
      new IncidentAt("2", IncidentState.RECOVERED).closedAt(NOW).make();

  @TempDir Path folder;
  private final List<Letter> told = new CopyOnWriteArrayList<>();

  private final Channel channel =
      new Channel() {
        @Override
        public String name() {
          return "fake";
        }

        @Override
        public Severity atLeast() {
          return Severity.INFO;
        }

        @Override
        public String deliver(Letter letter) {
          told.add(letter);
          return "thread of " + letter.key();
        }
      };

  private Store store() {
    return new Store(
        new StoreSettings(
            folder,
            Duration.ofDays(30),
            256L << 20,
            100,
            Duration.ofMillis(20),
            Duration.ofMillis(500)),
        () -> NOW,
        Set.of("1", "2"));
  }

  private static Notice notice(Incident incident) {
    return new Notice(
        incident.id() + ".0", Notice.Kind.OPENED, incident, "web-1", Mode.ACT, null, null, NOW);
  }

  private static Journal.Restored journalled(Incident... incidents) {
    Mention first = new Mention("1.0", Notice.Kind.OPENED, List.of("fake"), NOW);
    return new Journal.Restored(
        true, List.of(incidents), Map.of("1", new Journal.Beside(null, List.of(first))), 0);
  }

  private Dispatcher dispatcher(Outgoing outgoing) {
    Pace atOnce = new Pace(Duration.ZERO, Duration.ZERO, 1_000, Duration.ZERO, Duration.ofHours(2));
    Alerts alerts =
        new Alerts(null, null, List.of(), List.of(), null, null, List.of(), List.of(), atOnce);
    return new Dispatcher(List.of(channel), alerts, ZoneOffset.UTC, outgoing, () -> NOW);
  }

  private static Outgoing outgoing(Store store, Chronicle chronicle, Duration patience) {
    return new Outgoing(
        store, chronicle, () -> NOW, "web-1", Mode.ACT, patience, Duration.ofMillis(50));
  }

  private List<String> covers() {
    return told.stream().flatMap(each -> each.covers().stream()).toList();
  }

  /** What an earlier run knew: one incident that is open and was told of, one end that was not. */
  private void leave(boolean delivered) {
    try (Store store = store()) {
      store.put(OPEN, List.of(new Post(notice(OPEN), List.of("fake"))));
      store.put(OVER, List.of(new Post(notice(OVER), List.of("fake"))));
      if (delivered) {
        store.ended("fake", List.of("1.0"), "delivered");
        store.thread("fake", "1", new Unsent.Thread("before", false));
      }
    }
  }

  /** While this is open nobody else can read or write the store. */
  private Connection busyDisk() throws Exception {
    Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("medicd.db"));
    other.createStatement().execute("PRAGMA locking_mode = EXCLUSIVE");
    other.createStatement().execute("BEGIN EXCLUSIVE");
    return other;
  }

  @Test
  void waitsForAStoreThatAnswersLate() throws Exception {
    leave(true);
    Connection busy = busyDisk();
    try (busy;
        Store store = store();
        Chronicle chronicle = Chronicle.ofThisHost(folder.resolve("alerts.log"), () -> NOW);
        Outgoing outgoing = outgoing(store, chronicle, Duration.ofSeconds(40));
        Dispatcher dispatcher = dispatcher(outgoing)) {
      outgoing.begin(dispatcher, journalled(OPEN));
      await().pollDelay(Duration.ofSeconds(1)).until(() -> told.isEmpty());
      busy.close();
      await().until(() -> !told.isEmpty());
      assertThat(covers()).containsExactly("2.0");
      Notice next = new Notice("1.1", Notice.Kind.PAGED, OPEN, "web-1", Mode.ACT, null, null, NOW);
      dispatcher.tell(new Post(next, List.of("fake")));
      await().until(() -> told.size() == 2);
      assertThat(told.get(1).thread()).isEqualTo("before");
    }
  }

  @Test
  void tellsWhatTheJournalKnowsWhereTheStoreTakesTooLongAndTheRestLaterOnce() throws Exception {
    leave(false);
    Connection busy = busyDisk();
    try (busy;
        Store store = store();
        Chronicle chronicle = Chronicle.ofThisHost(folder.resolve("alerts.log"), () -> NOW);
        Outgoing outgoing = outgoing(store, chronicle, Duration.ZERO);
        Dispatcher dispatcher = dispatcher(outgoing)) {
      outgoing.begin(dispatcher, journalled(OPEN));
      await().atMost(Duration.ofSeconds(20)).until(() -> covers().equals(List.of("1.0")));
      busy.close();
      await().atMost(Duration.ofSeconds(20)).until(() -> covers().size() > 1);
      assertThat(covers()).containsExactly("1.0", "2.0");
      await().until(() -> store.unsent(List.of()).items().isEmpty());
    }
  }
}

package org.medicd.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.medicd.record.SampleIncident.OPENED;
import static org.medicd.record.SampleIncident.opened;
import static org.medicd.record.SampleIncident.recovered;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.plan.Incident;
import org.medicd.plan.Mode;
import org.medicd.plan.Notice;
import org.medicd.plan.Post;
import org.medicd.plan.Unsent;

/** What people are to be told outlives the daemon. */
class StoreOutboxTest {
  @TempDir Path folder;
  private Instant now = OPENED;

  private Store store() {
    return new Store(
        new StoreSettings(
            folder,
            Duration.ofDays(30),
            256L << 20,
            100,
            Duration.ofMillis(20),
            Duration.ofSeconds(30)),
        () -> now,
        Set.of("1", "2"));
  }

  private static Notice notice(Incident incident, int number) {
    String id = incident.id() + "." + number;
    return new Notice(id, Notice.Kind.OPENED, incident, "web-1", Mode.ACT, null, "7:abc", OPENED);
  }

  private static Post post(Incident incident, int number, String... channels) {
    return new Post(notice(incident, number), List.of(channels));
  }

  @Test
  void whatWasNotDeliveredIsKnownToTheNextRun() throws IOException {
    try (Store store = store()) {
      store.put(opened("1"), List.of(post(opened("1"), 0, "email", "slack")));
      store.put(opened("2"), List.of(post(opened("2"), 0, "email")));
      store.trying("slack", "a letter", List.of("1.0"));
      store.ended("email", List.of("1.0"), "delivered");
      store.thread("email", "1", new Unsent.Thread("<1.0@web-1>", false));
      store.thread("email", "2", new Unsent.Thread("<1.0@web-1>", true));
    }
    try (Store store = store()) {
      Unsent unsent = store.unsent(List.of());
      assertThat(unsent.items())
          .containsExactly(
              new Unsent.Item("slack", notice(opened("1"), 0), "a letter"),
              new Unsent.Item("email", notice(opened("2"), 0), null));
      assertThat(unsent.threads())
          .isEqualTo(
              Map.of(
                  "email",
                  Map.of(
                      "1",
                      new Unsent.Thread("<1.0@web-1>", false),
                      "2",
                      new Unsent.Thread("<1.0@web-1>", true))));
    }
  }

  @Test
  void whatOnlyTheJournalKnowsIsAddedAndWhatWasToldIsNot() throws IOException {
    Incident over = recovered("2", OPENED.plusSeconds(80));
    try (Store store = store()) {
      store.put(opened("1"), List.of(post(opened("1"), 0, "email")));
      store.ended("email", List.of("1.0"), "delivered");
    }
    try (Store store = store()) {
      List<Post> journalled =
          List.of(post(opened("1"), 0, "email"), post(over, 1, "email", "slack"));
      assertThat(store.unsent(journalled).items())
          .containsExactly(
              new Unsent.Item("email", notice(over, 1), null),
              new Unsent.Item("slack", notice(over, 1), null));
    }
  }

  @Test
  void theEndThatNobodyWasToldOfIsKnown() throws IOException {
    try (Store store = store()) {
      store.put(opened("rebooted"), List.of(post(opened("rebooted"), 0, "email", "slack")));
      store.thread("email", "rebooted", new Unsent.Thread("first", false));
      store.ended("email", List.of("rebooted.0"), "delivered");
      store.put(opened("1"), List.of());
      store.thread("email", "1", new Unsent.Thread("first", false));
    }
    now = OPENED.plusSeconds(600);
    try (Store store = store()) {
      Incident over = opened("rebooted").withdrawn("the host was rebooted", now);
      assertThat(store.unsent(List.of()).ends()).isEqualTo(Map.of("email", List.of(over)));
    }
    try (Store store = store()) {
      store.thread("email", "rebooted", new Unsent.Thread("first", true));
      await().until(() -> store.unsent(List.of()).ends().isEmpty());
    }
  }

  @Test
  void whatIsKnownOfAnIncidentThatIsOpenIsKeptHoweverOldItIs() throws IOException {
    try (Store store = store()) {
      store.put(opened("1"), List.of(post(opened("1"), 0, "email")));
      store.ended("email", List.of("1.0"), "delivered");
      store.thread("email", "1", new Unsent.Thread("first", false));
    }
    now = OPENED.plus(Duration.ofDays(31));
    try (Store store = store()) { // it cleans up with its first write
      store.put(opened("2"), List.of());
      await().until(() -> store.health().pending() == 0);
      Unsent unsent = store.unsent(List.of(post(opened("1"), 0, "email")));
      assertThat(unsent.items()).isEmpty();
      assertThat(unsent.threads()).containsKey("email");
    }
  }

  @Test
  void isForgottenWithTheIncidents() throws IOException {
    try (Store store = store()) {
      Incident over = recovered("1", OPENED.plusSeconds(80));
      store.put(over, List.of(post(over, 0, "email")));
      store.ended("email", List.of("1.0"), "given up: 550");
      store.thread("email", "1", new Unsent.Thread("first", true));
      await().until(() -> store.health().pending() == 0);
      assertThat(store.unsent(List.of()).threads()).isNotEmpty();
    }
    now = OPENED.plus(Duration.ofDays(31));
    try (Store store = store()) {
      store.put(opened("2"), List.of());
      await().until(() -> store.unsent(List.of()).threads().isEmpty());
    }
  }
}

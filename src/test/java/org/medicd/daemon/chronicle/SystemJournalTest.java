package org.medicd.daemon.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.linux.DatagramReceiver;
import org.medicd.linux.JournalSocket;
import org.medicd.notify.Notices;
import org.medicd.plan.Happening;
import org.medicd.plan.Happening.Kind;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Severity;

@Timeout(30)
class SystemJournalTest {
  private static final Logger LOG = Logger.getLogger("org.medicd.incident");

  @TempDir Path folder;
  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final CountDownLatch logTakes = new CountDownLatch(1);
  private volatile boolean logHangs;

  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          if (logHangs) {
            hang();
          }
          logged.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private void hang() {
    try {
      logTakes.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @BeforeEach
  void listen() {
    LOG.setLevel(Level.INFO);
    LOG.addHandler(handler);
  }

  @AfterEach
  void leave() {
    LOG.removeHandler(handler);
    LOG.setLevel(null);
  }

  private Path path() {
    return folder.resolve("socket");
  }

  private SystemJournal journal(boolean stderrIsTheJournal) {
    return new SystemJournal(new JournalSocket(path().toString()), stderrIsTheJournal);
  }

  private static Entry entry(Kind kind, Incident incident, int number) {
    return new Entry(
        new Happening(kind, incident, number), "told: email", "7:abc", Notices.OPENED_AT);
  }

  private static Entry opened(String comm) {
    return entry(Kind.OPENED, Notices.incident(comm, Severity.CRITICAL, IncidentState.OPEN, 0), -1);
  }

  private static String next(DatagramReceiver receiver) throws Exception {
    return new String(receiver.next(), StandardCharsets.UTF_8);
  }

  @Test
  void anOpeningCanBeAskedForByItsFields() throws Exception {
    try (DatagramReceiver receiver = DatagramReceiver.at(path())) {
      journal(true).tell(opened("burner"));
      assertThat(next(receiver).lines())
          .containsExactlyInAnyOrder(
              "MESSAGE=20261123-100000-1 cpu-runaway opened: pid 12 (burner) of burner.service,"
                  + " because 98.3 % of a core wanted, for 60 s",
              "MESSAGE_ID=" + MessageId.OPENED.id(),
              "PRIORITY=2",
              "SYSLOG_IDENTIFIER=medicd",
              "MEDICD_EVENT=opened",
              "MEDICD_INCIDENT=20261123-100000-1",
              "MEDICD_DIAGNOSIS=cpu-runaway",
              "MEDICD_RULE=diagnosis: cpu runaway",
              "MEDICD_SEVERITY=critical",
              "MEDICD_STATE=open",
              "MEDICD_BECAUSE=98.3 % of a core wanted, for 60 s",
              "MEDICD_SUBJECT=pid 12",
              "MEDICD_COMM=burner",
              "UNIT=burner.service",
              "OBJECT_PID=12",
              "MEDICD_TOLD=told: email",
              "MEDICD_AUDIT_HEAD=7:abc");
    }
    assertThat(logged).isEmpty();
  }

  @Test
  void aRungHasItsVerdictAndItsOutcome() throws Exception {
    Incident incident = Notices.exhausted().incident();
    try (DatagramReceiver receiver = DatagramReceiver.at(path())) {
      SystemJournal journal = journal(true);
      journal.tell(entry(Kind.OUTCOME, incident, 0));
      journal.tell(entry(Kind.VERDICT, incident, 1));
      assertThat(next(receiver).lines())
          .contains(
              "MESSAGE_ID=" + MessageId.RUNG.id(),
              "PRIORITY=5",
              "MEDICD_STEP=0",
              "MEDICD_ACTION=term",
              "MEDICD_VERDICT=allowed",
              "MEDICD_OUTCOME=done",
              "MEDICD_DETAIL=SIGTERM sent");
      assertThat(next(receiver).lines())
          .contains(
              "MEDICD_STEP=1",
              "MEDICD_ACTION=kill",
              "MEDICD_VERDICT=refused",
              "MEDICD_GUARD=budget",
              "MEDICD_DETAIL=3 in 10m used up")
          .noneMatch(line -> line.startsWith("MEDICD_OUTCOME"));
    }
  }

  @Test
  void aNameCannotAddAFieldOrALine() throws Exception {
    try (DatagramReceiver receiver = DatagramReceiver.at(path())) {
      journal(true).tell(opened("a\nPRIORITY=0\u001b[2J"));
      String entry = next(receiver);
      assertThat(entry)
          .contains("pid 12 (a\\nPRIORITY=0\\u{1b}[2J) of burner.service")
          .contains("MEDICD_COMM\n\20\0\0\0\0\0\0\0a\nPRIORITY=0\u001b[2J\n");
    }
  }

  @Test
  void whatTheJournalDoesNotTakeIsLogged() {
    journal(true).tell(opened("burner"));
    journal(true).tell(entry(Kind.CLOSED, Notices.recovered().incident(), -1));
    assertThat(logged)
        .containsExactly(
            "WARNING 20261123-100000-1 cpu-runaway opened: pid 12 (burner) of burner.service,"
                + " because 98.3 % of a core wanted, for 60 s",
            "INFO 20261123-100000-1 cpu-runaway recovered: pid 12 (burner) of burner.service,"
                + " the condition ended");
  }

  @Test
  void whereTheLogIsNotTheJournalBothHaveTheLine() throws Exception {
    try (DatagramReceiver receiver = DatagramReceiver.at(path())) {
      journal(false).tell(opened("burner"));
      assertThat(next(receiver)).contains("cpu-runaway opened");
    }
    assertThat(logged).singleElement().asString().contains("cpu-runaway opened");
  }

  @Test
  void aJournalThatHangsDelaysNobodyEvenIfTheLogHangsWithIt() throws Exception {
    SystemJournal journal = journal(true);
    logHangs = true;
    try (DatagramReceiver deaf = DatagramReceiver.deafAt(path())) {
      for (int i = 0; i < 5_000; i++) {
        journal.tell(opened("burner"));
      }
      assertThat(logged).isEmpty();
      logTakes.countDown();
      await().until(() -> logged.size() > 1);
    }
  }
}

package org.medicd.daemon.chronicle;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.medicd.linux.JournalSocket;
import org.medicd.notify.Letter;
import org.medicd.plan.Happening;
import org.medicd.plan.Incident;

/** All that happens, told to systemd's journal and to the plain log of this host. */
public final class Chronicle implements Teller, AutoCloseable {
  private final SystemJournal journal;
  private final AlertLog log;

  private Chronicle(SystemJournal journal, AlertLog log) {
    this.journal = journal;
    this.log = log;
  }

  /**
   * @param log the file of the plain log
   */
  public static Chronicle ofThisHost(Path log, InstantSource clock) {
    boolean logged = JournalSocket.isStderr(System.getenv());
    return new Chronicle(
        new SystemJournal(JournalSocket.ofThisHost(), logged),
        AlertLog.begin(log, clock, ZoneId.systemDefault()));
  }

  @Override
  public void tell(Entry entry) {
    journal.tell(entry);
    log.tell(entry);
  }

  /** They ended while nobody looked, as by a reboot of the host. */
  public void tellOfEnds(List<Incident> ended, Instant at) {
    for (Incident incident : ended) {
      tell(new Entry(new Happening(Happening.Kind.CLOSED, incident, -1), "", null, at));
    }
  }

  /** What people were to be told, and never will be. */
  public void givenUp(String channel, Letter letter, String why) {
    log.givenUp(channel, letter, why);
  }

  @Override
  public void close() {
    log.close();
  }
}

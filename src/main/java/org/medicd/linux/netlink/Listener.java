package org.medicd.linux.netlink;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps events until they are asked for; forgets all where nobody asks for long. */
final class Listener implements ProcessEvents {
  private static final int MOST = 100_000;

  private final ProcConnector connector;
  private List<ProcessEvent> waiting = new ArrayList<>();
  private boolean listening;
  private long forgotten;

  Listener(ProcConnector connector) {
    this.connector = connector;
  }

  synchronized void hear(List<ProcessEvent> events) {
    if (!listening) {
      return;
    }
    if (waiting.size() + events.size() > MOST) {
      waiting = new ArrayList<>();
      listening = false;
      forgotten++;
    } else {
      waiting.addAll(events);
    }
  }

  @Override
  public synchronized List<ProcessEvent> drain() {
    List<ProcessEvent> all = waiting;
    waiting = new ArrayList<>();
    listening = true;
    return all;
  }

  @Override
  public boolean isLive() {
    return connector.isLive();
  }

  @Override
  public @Nullable String silence() {
    return connector.silence();
  }

  @Override
  public synchronized long lost() {
    return forgotten + connector.lost();
  }
}

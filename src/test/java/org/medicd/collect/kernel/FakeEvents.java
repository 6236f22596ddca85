package org.medicd.collect.kernel;

import java.util.ArrayList;
import java.util.List;
import org.medicd.linux.netlink.ProcessEvent;
import org.medicd.linux.netlink.ProcessEvent.Exited;
import org.medicd.linux.netlink.ProcessEvent.Forked;
import org.medicd.linux.netlink.ProcessEvents;

/** A kernel that tells of the births that it is told of. */
final class FakeEvents implements ProcessEvents {
  private List<ProcessEvent> waiting = new ArrayList<>();
  boolean live = true;
  long lost;

  void fork(int pid, int parent, long nanos) {
    waiting.add(new Forked(pid, parent, nanos));
  }

  void exit(int pid, long nanos) {
    waiting.add(new Exited(pid, 0, 0, nanos));
  }

  @Override
  public List<ProcessEvent> drain() {
    List<ProcessEvent> all = waiting;
    waiting = new ArrayList<>();
    return all;
  }

  @Override
  public boolean isLive() {
    return live;
  }

  @Override
  public long lost() {
    return lost;
  }

  @Override
  public @org.jspecify.annotations.Nullable String silence() {
    return isLive() ? null : "nobody tells";
  }
}

package org.medicd.collect.device;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Collector;
import org.medicd.collect.Gaps;
import org.medicd.collect.ProcTree;
import org.medicd.collect.Scene;
import org.medicd.fact.Fact;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Unanswered;
import org.medicd.linux.proc.TcpTable;
import org.medicd.linux.proc.TcpTable.Socket;

/**
 * Finds processes for which somebody waits in vain. The table of all sockets is read in each look;
 * who holds a socket is searched for only once something has stood in it for a while.
 */
public final class UnansweredSockets implements Collector {
  private static final String ASPECT = "unanswered sockets";
  private static final int MOST_BYTES = 8 << 20;
  private static final Duration STANDS = Duration.ofSeconds(10);

  /** Whoever uses more than this of a CPU works; waiting for it is another matter. */
  private static final double IDLE_PERCENT = 5;

  /** All descriptors of the host are looked through for a holder: not often. */
  private static final Duration PER_SEARCH = Duration.ofSeconds(30);

  private final ProcTree tree;
  private final ThreadWaits threadWaits;
  private Map<Long, Standing> standing = Map.of();
  private Map<Long, Set<ProcessId>> holders = new HashMap<>();
  private @Nullable Long searchedNanos;

  /**
   * What stands in a socket.
   *
   * @param unread bytes, or connections of one that listens
   * @param sinceNanos since when nothing was taken
   */
  private record Standing(long unread, long sinceNanos) {}

  public UnansweredSockets(ProcTree tree) {
    this.tree = tree;
    this.threadWaits = new ThreadWaits(tree);
  }

  @Override
  public String aspect() {
    return ASPECT;
  }

  @Override
  public Set<Class<? extends Fact>> makes() {
    return Set.of(Unanswered.class);
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(15);
  }

  @Override
  public boolean mayBlock() {
    return true;
  }

  @Override
  public List<Unanswered> look(Scene scene) throws IOException {
    Map<Long, Standing> now = new HashMap<>();
    for (Socket socket : table(scene.gaps())) {
      if (socket.isOpen() && socket.unread() > 0) {
        now.put(socket.inode(), standing(socket, scene.nowNanos()));
      }
    }
    standing = now;
    Set<Long> inodes = new HashSet<>();
    now.forEach(
        (inode, one) -> {
          if (scene.nowNanos() - one.sinceNanos() >= STANDS.toNanos()) {
            inodes.add(inode);
          }
        });
    return found(inodes, scene);
  }

  /** Where something was taken meanwhile, what stands there is new. */
  private Standing standing(Socket socket, long nowNanos) {
    Standing before = standing.get(socket.inode());
    return before != null && socket.unread() >= before.unread()
        ? new Standing(socket.unread(), before.sinceNanos())
        : new Standing(socket.unread(), nowNanos);
  }

  private List<Socket> table(Gaps gaps) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    for (String name : List.of("net/tcp", "net/tcp6")) {
      try {
        String content = tree.read(name, MOST_BYTES);
        if (content.length() >= MOST_BYTES) {
          gaps.add(ASPECT, "the host", "only the first 8 MiB of " + name + " read");
        }
        sockets.addAll(TcpTable.parse(content).sockets());
      } catch (IOException e) {
        if (!ProcTree.isAbsence(e)) {
          throw e;
        }
      }
    }
    return sockets;
  }

  private List<Unanswered> found(Set<Long> inodes, Scene scene) {
    holders.keySet().retainAll(inodes);
    Set<Long> unknown = new HashSet<>(inodes);
    unknown.removeAll(holders.keySet());
    Long before = searchedNanos;
    boolean due = before == null || scene.nowNanos() - before >= PER_SEARCH.toNanos();
    if (!unknown.isEmpty() && due) {
      searchedNanos = scene.nowNanos();
      holders = search(inodes, scene);
      holders.values().removeIf(Set::isEmpty); // their holder may be idle later
    }
    Map<ProcessId, Set<Long>> byProcess = new HashMap<>();
    holders.forEach(
        (inode, all) ->
            all.forEach(id -> byProcess.computeIfAbsent(id, each -> new HashSet<>()).add(inode)));
    List<Unanswered> found = new ArrayList<>();
    byProcess.forEach(
        (id, sockets) -> {
          Proc proc = scene.processes().get(id.pid());
          if (proc != null && proc.id().equals(id) && isIdle(proc)) {
            see(proc, sockets, scene, found);
          }
        });
    return found;
  }

  private static boolean isIdle(Proc proc) {
    return !proc.exempt() && (proc.cpuAvg10() == null || proc.cpuAvg10() < IDLE_PERCENT);
  }

  private Map<Long, Set<ProcessId>> search(Set<Long> inodes, Scene scene) {
    Map<Long, Set<ProcessId>> found = new HashMap<>();
    inodes.forEach(inode -> found.put(inode, new HashSet<>()));
    for (Proc proc : scene.processes().values()) {
      if (!proc.kernelThread() && isIdle(proc)) {
        try {
          for (long held : SocketInodes.of(tree, proc.id().pid()).inodes()) {
            Set<ProcessId> holding = found.get(held);
            if (holding != null) {
              holding.add(proc.id());
            }
          }
        } catch (IOException e) {
          scene.gaps().ofProcess(ASPECT, proc.id().pid(), e);
        }
      }
    }
    return found;
  }

  private void see(Proc proc, Set<Long> sockets, Scene scene, List<Unanswered> found) {
    ProcessId id = proc.id();
    long longest = 0;
    for (long inode : sockets) {
      Standing one = standing.get(inode);
      longest = one == null ? longest : Math.max(longest, scene.nowNanos() - one.sinceNanos());
    }
    try {
      ThreadWaits.Count count = threadWaits.of(id.pid());
      double seconds = Duration.ofNanos(longest).toSeconds();
      found.add(
          new Unanswered(
              id,
              sockets.size(),
              seconds,
              count.threads(),
              count.locked(),
              count.other(),
              proc.cpuAvg10()));
    } catch (IOException e) {
      scene.gaps().ofProcess(ASPECT, id.pid(), e);
    }
  }
}

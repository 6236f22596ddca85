package org.medicd.collect.device;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medicd.collect.Collector;
import org.medicd.collect.ProcTree;
import org.medicd.collect.Scene;
import org.medicd.fact.Fact;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Sockets;
import org.medicd.linux.proc.TcpTable;
import org.medicd.linux.proc.TcpTable.Socket;
import org.medicd.linux.proc.TcpTable.State;

/**
 * Counts the sockets of suspects by state. The table of a network namespace is read once a look.
 */
public final class ProcessSockets implements Collector {
  private static final String ASPECT = "sockets";

  /** Some 50,000 sockets of a namespace. */
  private static final int MOST_BYTES = 8 << 20;

  private final ProcTree tree;
  private Map<ProcessId, Sockets> told = Map.of();

  public ProcessSockets(ProcTree tree) {
    this.tree = tree;
  }

  @Override
  public String aspect() {
    return ASPECT;
  }

  @Override
  public Set<Class<? extends Fact>> makes() {
    return Set.of(Sockets.class);
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(10);
  }

  @Override
  public boolean mayBlock() {
    return true;
  }

  @Override
  public List<Sockets> look(Scene scene) {
    Map<String, List<Socket>> tables = new HashMap<>();
    Map<ProcessId, Sockets> now = new HashMap<>();
    for (ProcessId suspect : scene.suspects()) {
      Proc proc = scene.processes().get(suspect.pid());
      if (proc != null && proc.id().equals(suspect)) {
        see(suspect, tables, now, scene);
      }
    }
    told = now;
    return List.copyOf(now.values());
  }

  private void see(
      ProcessId suspect,
      Map<String, List<Socket>> tables,
      Map<ProcessId, Sockets> now,
      Scene scene) {
    try {
      SocketInodes held = SocketInodes.of(tree, suspect.pid());
      if (!held.complete()) {
        cut(suspect, "only the first " + SocketInodes.MOST_FILES + " open files looked at", scene);
      }
      Sockets fact = count(suspect, held.inodes(), table(suspect, tables, scene));
      now.put(suspect, fact.equals(told.get(suspect)) ? told.get(suspect) : fact);
    } catch (IOException e) {
      scene.gaps().ofProcess(ASPECT, suspect.pid(), e);
    }
  }

  private static void cut(ProcessId suspect, String reason, Scene scene) {
    scene.gaps().add(ASPECT, suspect.toString(), reason);
  }

  private List<Socket> table(ProcessId suspect, Map<String, List<Socket>> tables, Scene scene)
      throws IOException {
    String namespace = namespace(suspect.pid());
    List<Socket> known = tables.get(namespace);
    if (known == null) {
      known = new ArrayList<>();
      for (String name : List.of("tcp", "tcp6")) {
        known.addAll(read(suspect, name, scene));
      }
      tables.put(namespace, known);
    }
    return known;
  }

  private List<Socket> read(ProcessId suspect, String name, Scene scene) throws IOException {
    try {
      String content = tree.read(suspect.pid() + "/net/" + name, MOST_BYTES);
      if (content.length() >= MOST_BYTES) {
        cut(suspect, "only the first 8 MiB of net/" + name + " read", scene);
      }
      return TcpTable.parse(content).sockets();
    } catch (IOException e) {
      if (ProcTree.isAbsence(e)) {
        return List.of(); // a kernel without IPv6
      }
      throw e;
    }
  }

  /** Names the namespace; each process has its own where that cannot be told. */
  private String namespace(int pid) {
    try {
      return tree.link(pid + "/ns/net");
    } catch (IOException e) {
      return "of pid " + pid;
    }
  }

  private static Sockets count(ProcessId id, Set<Long> held, List<Socket> table) {
    Map<State, Integer> counts = new EnumMap<>(State.class);
    int all = 0;
    for (Socket socket : table) {
      if (held.contains(socket.inode())) {
        counts.merge(socket.state(), 1, Integer::sum);
        all++;
      }
    }
    int established = counts.getOrDefault(State.ESTABLISHED, 0);
    int closeWait = counts.getOrDefault(State.CLOSE_WAIT, 0);
    int listen = counts.getOrDefault(State.LISTEN, 0);
    int synSent = counts.getOrDefault(State.SYN_SENT, 0);
    int finWait =
        counts.getOrDefault(State.FIN_WAIT_1, 0) + counts.getOrDefault(State.FIN_WAIT_2, 0);
    int other = all - established - closeWait - listen - synSent - finWait;
    return new Sockets(id, held.size(), established, closeWait, listen, synSent, finWait, other);
  }
}

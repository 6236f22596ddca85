package org.medicd.collect.control;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Collector;
import org.medicd.collect.Gaps;
import org.medicd.collect.ProcTree;
import org.medicd.collect.Scene;
import org.medicd.config.PoolBounds;
import org.medicd.fact.Fact;
import org.medicd.fact.Pool;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcState;
import org.medicd.linux.proc.TcpTable;

/** Tells how busy the pools of the configuration are, and what waits for them. */
public final class Pools implements Collector {
  private static final String ASPECT = "pools";
  private static final int MOST_BYTES = 8 << 20;

  /** More are not counted: no pool grows by the difference. */
  private static final long MOST_FILES = 100_000;

  private final ProcTree tree;
  private final Supplier<List<PoolBounds>> configured;

  /**
   * @param configured the pools of now
   */
  public Pools(ProcTree tree, Supplier<List<PoolBounds>> configured) {
    this.tree = tree;
    this.configured = configured;
  }

  @Override
  public String aspect() {
    return ASPECT;
  }

  @Override
  public Set<Class<? extends Fact>> makes() {
    return Set.of(Pool.class);
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(1);
  }

  /** A queue may lie on a file system that hangs. */
  @Override
  public boolean mayBlock() {
    return true;
  }

  @Override
  public List<Pool> look(Scene scene) {
    List<Pool> pools = new ArrayList<>();
    for (PoolBounds bounds : configured.get()) {
      pools.add(pool(bounds, scene));
    }
    return pools;
  }

  private Pool pool(PoolBounds bounds, Scene scene) {
    Set<Integer> running = new HashSet<>();
    Set<Integer> measured = new HashSet<>();
    double cpu = 0;
    for (Proc proc : scene.processes().values()) {
      OptionalInt number = proc.unit() == null ? OptionalInt.empty() : bounds.numberOf(proc.unit());
      if (number.isPresent() && proc.state() != ProcState.ZOMBIE) {
        running.add(number.getAsInt());
        if (proc.cpuAvg10() != null) {
          measured.add(number.getAsInt());
          cpu += proc.cpuAvg10();
        }
      }
    }
    return new Pool(
        bounds.template(),
        running.size(),
        bounds.min(),
        bounds.max(),
        measured.isEmpty() ? null : cpu / measured.size(),
        queued(bounds, scene.gaps()),
        waiting(bounds, scene.gaps()));
  }

  private static @Nullable Long queued(PoolBounds bounds, Gaps gaps) {
    Path queue = bounds.queue();
    if (queue == null) {
      return null;
    }
    long files = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(queue)) {
      for (Path entry : entries) {
        boolean hidden = entry.getFileName().toString().startsWith("."); // not ready yet
        files += hidden ? 0 : 1;
        if (files == MOST_FILES) {
          break;
        }
      }
      return files;
    } catch (IOException | DirectoryIteratorException e) {
      gaps.add(ASPECT, bounds.template(), "its queue cannot be read: " + e);
      return null;
    }
  }

  private @Nullable Long waiting(PoolBounds bounds, Gaps gaps) {
    Integer port = bounds.port();
    if (port == null) {
      return null;
    }
    try {
      boolean listens = false;
      long connections = 0;
      for (String table : List.of("net/tcp", "net/tcp6")) {
        for (TcpTable.Socket socket : sockets(table)) {
          if (socket.state() == TcpTable.State.LISTEN && socket.localPort() == port) {
            listens = true;
            connections += socket.unread();
          }
        }
      }
      return listens ? connections : null;
    } catch (IOException e) {
      gaps.add(ASPECT, bounds.template(), "its port cannot be looked at: " + e.getMessage());
      return null;
    }
  }

  private List<TcpTable.Socket> sockets(String table) throws IOException {
    try {
      return TcpTable.parse(tree.read(table, MOST_BYTES)).sockets();
    } catch (IOException e) {
      if (ProcTree.isAbsence(e)) {
        return List.of(); // no IPv6
      }
      throw e;
    }
  }
}

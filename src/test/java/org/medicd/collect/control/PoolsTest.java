package org.medicd.collect.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.collect.Gaps;
import org.medicd.collect.ProcTree;
import org.medicd.collect.Scene;
import org.medicd.config.PoolBounds;
import org.medicd.fact.Gap;
import org.medicd.fact.Pool;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcState;
import org.medicd.fact.ProcessMaker;

class PoolsTest {
  private static final String TEMPLATE = "worker@.service";

  private final Map<Integer, Proc> processes = new LinkedHashMap<>();
  private final Gaps gaps = new Gaps();

  @TempDir Path queue;

  private void process(int pid, String unit, @Nullable Double cpu) {
    processes.put(pid, new ProcessMaker(pid).unit(unit).cpu(cpu).make());
  }

  private Pool look(PoolBounds pool) {
    Scene scene = new Scene(0, Instant.EPOCH, processes, List.of(), Set.of(), gaps);
    return new Pools(new ProcTree(Path.of("/proc")), () -> List.of(pool)).look(scene).get(0);
  }

  private static PoolBounds pool(@Nullable Path queue, @Nullable Integer port) {
    return new PoolBounds(TEMPLATE, 2, 10, queue, port);
  }

  @Test
  void tellsWhatAnInstanceUsesOnAverage() {
    process(10, "worker@1.service", 50.0);
    process(11, "worker@1.service", 20.0);
    process(12, "worker@22.service", 10.0);
    process(13, "worker@x.service", 90.0);
    process(14, "worker.service", 90.0);
    process(15, "worker@03.service", 90.0);
    assertThat(look(pool(null, null))).isEqualTo(new Pool(TEMPLATE, 2, 2, 10, 40.0, null, null));
  }

  @Test
  void anInstanceWhoseUseIsNotKnownYetRunsAndIsNotCountedIn() {
    process(10, "worker@1.service", 50.0);
    process(11, "worker@2.service", null);
    assertThat(look(pool(null, null))).isEqualTo(new Pool(TEMPLATE, 2, 2, 10, 50.0, null, null));
  }

  @Test
  void ofAPoolThatIsOffNothingIsKnown() {
    processes.put(9, new ProcessMaker(9).unit("worker@1.service").state(ProcState.ZOMBIE).make());
    assertThat(look(pool(null, null))).isEqualTo(new Pool(TEMPLATE, 0, 2, 10, null, null, null));
  }

  @Test
  void countsTheFilesOfItsQueueAndNotTheHiddenOnes() throws Exception {
    for (String name : List.of("a", "b", ".c")) {
      Files.createFile(queue.resolve(name));
    }
    assertThat(look(pool(queue, null)).queuedFiles()).isEqualTo(2);
  }

  @Test
  void aQueueThatIsNotThereIsNotKnownToBeEmpty() {
    assertThat(look(pool(queue.resolve("none"), null)).queuedFiles()).isNull();
    assertThat(gaps.toList()).extracting(Gap::subject).containsExactly(TEMPLATE);
  }

  @Test
  void countsConnectionsThatWaitAtItsPort() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Socket one = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket two = new Socket(server.getInetAddress(), server.getLocalPort())) {
      assertThat(List.of(one, two)).allMatch(Socket::isConnected);
      assertThat(look(pool(null, server.getLocalPort())).waitingConnections()).isEqualTo(2);
      server.accept().close();
      assertThat(look(pool(null, server.getLocalPort())).waitingConnections()).isEqualTo(1);
    }
  }

  @Test
  void whereNobodyListensNothingIsKnown() throws Exception {
    int free;
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      free = server.getLocalPort();
    }
    assertThat(look(pool(null, free)).waitingConnections()).isNull();
  }
}

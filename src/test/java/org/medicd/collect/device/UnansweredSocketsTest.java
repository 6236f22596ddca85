package org.medicd.collect.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.collect.FakeClock;
import org.medicd.collect.Gaps;
import org.medicd.collect.ProcFolder;
import org.medicd.collect.ProcTree;
import org.medicd.collect.Scene;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.fact.ProcessMaker;
import org.medicd.fact.Unanswered;

class UnansweredSocketsTest {
  private static final String HEAD = "  sl  local_address rem_address   st …\n";
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** Two threads, each of which waits for the lock of the other, and one that listens. */
  private static final String DEADLOCK =
      """
      import socket, threading, time
      server = socket.create_server(("127.0.0.1", 0))
      print(server.getsockname()[1], flush=True)
      one, two = threading.Lock(), threading.Lock()
      def take(first, second):
          with first:
              time.sleep(0.2)
              with second:
                  server.accept()
      threads = [threading.Thread(target=take, args=a) for a in ((one, two), (two, one))]
      [each.start() for each in threads]
      [each.join() for each in threads]
      """;

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private ProcFolder proc;
  private UnansweredSockets sockets;

  @BeforeEach
  void makeAHost() throws Exception {
    proc = new ProcFolder(folder);
    proc.link("42/fd/3", "socket:[100]").link("42/fd/4", "socket:[101]");
    proc.write("42/task/42/wchan", "futex_wait_queue").write("42/task/43/wchan", "ep_poll");
    proc.write("42/task/44/wchan", "futex_do_wait").write("42/task/45/wchan", "0");
    sockets = new UnansweredSockets(new ProcTree(proc.root()));
  }

  @Test
  void whatIsNotTakenForAWhileIsTold() throws Exception {
    listening(2);
    assertThat(look(process -> process)).isEmpty();
    assertThat(look(process -> process)).isEmpty();
    ProcessId id = new ProcessMaker(42).make().id();
    assertThat(look(process -> process)).containsExactly(new Unanswered(id, 1, 10, 4, 2, 1, 0.0));
    listening(3);
    assertThat(look(process -> process)).containsExactly(new Unanswered(id, 1, 15, 4, 2, 1, 0.0));
  }

  @Test
  void whatIsTakenBeginsAnew() throws Exception {
    listening(2);
    look(process -> process);
    look(process -> process);
    listening(1);
    assertThat(look(process -> process)).isEmpty();
    listening(0);
    assertThat(look(process -> process)).isEmpty();
  }

  @Test
  void whoWorksIsNotLookedAt() throws Exception {
    listening(2);
    look(process -> process);
    look(process -> process);
    assertThat(look(process -> process.cpu(50.0))).isEmpty();
  }

  @Test
  void aRealDeadlockShows() throws Exception {
    Process python = new ProcessBuilder("python3", "-c", DEADLOCK).start();
    try (BufferedReader out = python.inputReader()) {
      int port = Integer.parseInt(out.readLine().strip());
      UnansweredSockets live = new UnansweredSockets(new ProcTree(Path.of("/proc")));
      int pid = (int) python.pid();
      try (Socket waiting = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(waiting.isConnected()).isTrue();
        await()
            .untilAsserted(
                () -> {
                  clock.advance(LOOK);
                  List<Unanswered> seen = live.look(scene(pid, process -> process));
                  assertThat(seen).hasSize(1);
                  assertThat(seen.get(0).threads()).isEqualTo(3);
                  assertThat(seen.get(0).lockedThreads()).isEqualTo(3);
                  assertThat(seen.get(0).otherThreads()).isZero();
                });
      }
    } finally {
      python.destroyForcibly().waitFor();
    }
  }

  private void listening(int backlog) {
    String row =
        "   0: 0100007F:1F90 00000000:0000 %s 00000000:%08X 00:00000000 00000000 0 0 %d 1\n";
    proc.write("net/tcp", HEAD + row.formatted("0A", backlog, 100) + row.formatted("01", 0, 101));
  }

  private List<Unanswered> look(java.util.function.UnaryOperator<ProcessMaker> how)
      throws Exception {
    List<Unanswered> seen = sockets.look(scene(42, how));
    clock.advance(LOOK);
    return seen;
  }

  private Scene scene(int pid, java.util.function.UnaryOperator<ProcessMaker> how) {
    Map<Integer, Proc> processes = new HashMap<>();
    processes.put(pid, how.apply(new ProcessMaker(pid)).make());
    return new Scene(clock.getAsLong(), Instant.EPOCH, processes, List.of(), Set.of(), new Gaps());
  }
}

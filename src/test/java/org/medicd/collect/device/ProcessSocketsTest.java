package org.medicd.collect.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
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
import org.medicd.fact.Gap;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.fact.ProcessMaker;
import org.medicd.fact.Sockets;

class ProcessSocketsTest {
  private static final String HEAD = "  sl  local_address rem_address   st …\n";

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private ProcFolder proc;
  private ProcessSockets sockets;

  @BeforeEach
  void makeAHost() throws Exception {
    proc = new ProcFolder(folder);
    sockets = new ProcessSockets(new ProcTree(proc.root()));
  }

  @Test
  void countsTheSocketsOfASuspectByState() throws Exception {
    proc.link("42/fd/0", "socket:[100]").link("42/fd/1", "socket:[101]");
    proc.link("42/fd/2", "/dev/null").link("42/fd/3", "socket:[102]");
    proc.link("42/fd/4", "socket:[102]").link("42/fd/5", "socket:[103]");
    proc.link("42/fd/6", "socket:[104]").link("42/fd/7", "socket:[105]");
    proc.link("42/fd/8", "socket:[x]").link("42/fd/9", "socket:[999]");
    proc.write(
        "42/net/tcp",
        HEAD + row("01", 100) + row("08", 101) + row("08", 102) + row("08", 7) + row("06", 0));
    proc.write("42/net/tcp6", HEAD + row("0A", 103) + row("04", 104) + row("0C", 105));
    Scene scene = scene(42);
    assertThat(sockets.look(scene))
        .containsExactly(new Sockets(new ProcessMaker(42).make().id(), 7, 1, 2, 1, 0, 1, 1));
    assertThat(scene.gaps().toList()).isEmpty();
  }

  @Test
  void whatDidNotChangeIsTheSameObject() throws Exception {
    proc.link("42/fd/0", "socket:[100]").write("42/net/tcp", HEAD + row("01", 100));
    Sockets before = sockets.look(scene(42)).get(0);
    assertThat(sockets.look(scene(42)).get(0)).isSameAs(before);
  }

  @Test
  void nobodyElseIsLookedAt() throws Exception {
    proc.link("42/fd/0", "socket:[100]").write("42/net/tcp", HEAD + row("01", 100));
    assertThat(sockets.look(Scenes.now(clock))).isEmpty();
  }

  @Test
  void anotherProcessOfTheSamePidIsNoSuspect() throws Exception {
    proc.link("42/fd/0", "socket:[100]").write("42/net/tcp", HEAD + row("01", 100));
    Scene scene = scene(42);
    Scene later =
        new Scene(
            scene.nowNanos(),
            scene.at(),
            scene.processes(),
            List.of(),
            Set.of(new ProcessId(42, 987_654)),
            scene.gaps());
    assertThat(sockets.look(later)).isEmpty();
  }

  @Test
  void aProcessThatHasEndedIsNoGap() {
    Scene scene = scene(42);
    assertThat(sockets.look(scene)).isEmpty();
    assertThat(scene.gaps().toList()).isEmpty();
  }

  @Test
  void aTableThatDoesNotReadIsAGapOfOneNamespaceOnly() throws Exception {
    proc.link("42/fd/0", "socket:[100]").write("42/net/tcp", HEAD + "nonsense\n");
    proc.link("43/fd/0", "socket:[100]").write("43/net/tcp", HEAD + row("01", 100));
    Scene scene = scene(42, 43);
    assertThat(sockets.look(scene)).extracting(Sockets::established).containsExactly(1);
    assertThat(scene.gaps().toList()).extracting(Gap::subject).containsExactly("pid 42");
  }

  @Test
  void connectionsThatAreForgottenShow() throws Exception {
    int self = (int) ProcessHandle.current().pid();
    ProcessSockets live = new ProcessSockets(new ProcTree(Path.of("/proc")));
    List<Socket> forgotten = new ArrayList<>();
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Sockets before = live.look(scene(self)).get(0);
      for (int i = 0; i < 5; i++) {
        try (Socket peer = new Socket(server.getInetAddress(), server.getLocalPort())) {
          forgotten.add(server.accept());
          assertThat(peer.isConnected()).isTrue();
        }
      }
      await()
          .untilAsserted(
              () -> {
                Sockets after = live.look(scene(self)).get(0);
                assertThat(after.closeWait() - before.closeWait()).isEqualTo(5);
                assertThat(after.listen()).isPositive().isEqualTo(before.listen());
              });
    } finally {
      for (Socket socket : forgotten) {
        socket.close();
      }
    }
  }

  private static String row(String state, long inode) {
    return "   0: 0100007F:1F90 00000000:0000 %s 00000000:00000000 00:00000000 00000000 0 0 %d 1 0\n"
        .formatted(state, inode);
  }

  private Scene scene(int... pids) {
    Map<Integer, Proc> processes = new java.util.HashMap<>();
    Set<ProcessId> suspects = new java.util.HashSet<>();
    for (int pid : pids) {
      Proc process = new ProcessMaker(pid).make();
      processes.put(pid, process);
      suspects.add(process.id());
    }
    return new Scene(clock.getAsLong(), Instant.EPOCH, processes, List.of(), suspects, new Gaps());
  }
}

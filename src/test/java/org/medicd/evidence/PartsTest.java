package org.medicd.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.fact.ProcState;

class PartsTest {
  @TempDir Path temp;

  @Test
  void countsDescriptorsByKindAndListsDeletedFiles() throws Exception {
    Needs.program("python3");
    String script =
        """
        import os, socket, select
        opened = [open('%1$s/log', 'w') for i in range(3)]
        gone = open('%1$s/gone', 'w'); gone.write('x' * 5000); gone.flush()
        os.remove('%1$s/gone')
        pair = socket.socketpair(); pipe = os.pipe(); poll = select.epoll()
        open('%1$s/ready', 'w').close()
        """
            .formatted(temp);
    try (Child child = Child.python(script)) {
      await().until(() -> Files.exists(temp.resolve("ready")));

      String text = take(new Descriptors(new Scene(Path.of("/proc"), child.id()), 1000, 10));

      assertThat(text)
          .contains("  2 socket\n", "  1 anon_inode:[eventpoll]\n", "  3 file\n")
          .contains("  3 " + temp + "/log\n")
          .contains("deleted but open: 1\n")
          .containsPattern("fd \\d+: 5000 bytes, " + temp + "/gone \\(deleted\\)");
    }
  }

  @Test
  void namesSocketsByWhomTheyConnect() throws Exception {
    Needs.program("python3");
    String script =
        """
        import os, socket
        server = socket.create_server(('127.0.0.1', 0)); port = server.getsockname()[1]
        client = socket.create_connection(('127.0.0.1', port)); client.send(b'12345')
        accepted = server.accept()[0]
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); udp.bind(('127.0.0.1', 0))
        unix = socket.socket(socket.AF_UNIX); unix.bind('%1$s/sock'); unix.listen()
        log = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0); log.bind((0, 0))
        with open('%1$s/port', 'w') as f: f.write(str(port))
        os.rename('%1$s/port', '%1$s/ready')
        """
            .formatted(temp);
    try (Child child = Child.python(script)) {
      await().until(() -> Files.exists(temp.resolve("ready")));
      String port = Files.readString(temp.resolve("ready"));

      String text = take(new Sockets(new Scene(Path.of("/proc"), child.id()), 1000, 100));

      assertThat(text)
          .contains("sockets: 6\n", "  1 tcp LISTEN\n", "  2 tcp ESTABLISHED\n", "  1 udp\n")
          .containsPattern("fd \\d+: tcp LISTEN 127.0.0.1:" + port + "(, .*)?\n")
          .containsPattern("127.0.0.1:" + port + " -> 127.0.0.1:\\d+, 5 bytes unread\n")
          .containsPattern("fd \\d+: udp 127.0.0.1:\\d+\n")
          .contains(": unix stream listening " + temp + "/sock\n", ": netlink 0\n");
    }
  }

  @Test
  void aSocketOfAnUnknownKindIsCounted() throws Exception {
    FakeProc fake = new FakeProc(temp);
    fake.write("net/tcp", "sl\n");
    Files.createSymbolicLink(fake.folder.resolve("fd/3"), Path.of("socket:[17]"));
    Files.createSymbolicLink(fake.folder.resolve("fd/4"), Path.of("pipe:[18]"));

    assertThat(take(new Sockets(scene(fake), 1000, 100)))
        .isEqualTo("sockets: 1\n  1 other\nfd 3: of another kind or network namespace\n");
  }

  @Test
  void looksAtSoManyDescriptorsAndNoMore() throws Exception {
    FakeProc fake = new FakeProc(temp);
    for (int i = 0; i < 5; i++) {
      Files.createSymbolicLink(fake.folder.resolve("fd/" + i), Path.of("socket:[" + i + "]"));
    }

    assertThat(take(new Descriptors(scene(fake), 3, 10)))
        .contains("more than 3 descriptors", "descriptors: 3\n", "  3 socket\n");
  }

  @Test
  void tellsSoManyThreadsAndCountsTheOthers() throws Exception {
    FakeProc fake = new FakeProc(temp);
    for (int i = 1; i <= 5; i++) {
      fake.write("task/" + i + "/comm", "t\n")
          .write("task/" + i + "/stat", i + " (t) R) D 1\n")
          .write("task/" + i + "/wchan", "rpc_wait")
          .write("task/" + i + "/stack", "[<0>] rpc_wait+0x1\n[<0>] nfs_read+0x2\n");
    }

    String text = take(new Threads(scene(fake), 3));

    assertThat(text)
        .contains("\"t\" state D, wchan rpc_wait\n", "    [<0>] nfs_read+0x2\n")
        .contains("syscall: (unknown: ")
        .endsWith("and 2 threads more\n");
    assertThat(text.lines().filter(line -> line.startsWith("thread "))).hasSize(3);
  }

  @Test
  void sumsUpMappingsByName() {
    String maps =
        """
        1000-3000 r-xp 00000000 fe:00 42                                 /usr/lib/a b.so
        5000-6000 rw-p 00002000 fe:00 42                                 /usr/lib/a b.so
        ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0          [vsyscall]
        7f00-7f40 rw-p 00000000 00:00 0
        7f80-8""";

    assertThat(Mappings.kibByName(maps))
        .isEqualTo(Map.of("/usr/lib/a b.so", 12L, "[vsyscall]", 4L, "(anonymous)", 0L));
  }

  @Test
  void readsAStateBehindAHostileName() throws IOException {
    Sighting sighting =
        Sighting.parse(
            "17 (a) R 1 1) T 1 1 1 0 -1 2097216 0 0 0 0 0 0 0 0 20 0 1 0 98765 0 0 18446744073709551615");

    assertThat(sighting).isEqualTo(new Sighting(ProcState.STOPPED, true, 98765));
  }

  private static Scene scene(FakeProc fake) {
    return new Scene(fake.root, FakeProc.ID);
  }

  private static String take(Part part) throws IOException, InterruptedException {
    Sheet sheet = new Sheet(100_000);
    part.take(sheet);
    return new String(sheet.content(), StandardCharsets.UTF_8);
  }
}

package org.medicd.evidence;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.medicd.linux.proc.InetTable;
import org.medicd.linux.proc.TcpTable.State;
import org.medicd.linux.proc.UnixTable;

/** The open sockets by what they are: whom they connect, in which state, and what waits in them. */
record Sockets(Scene scene, int mostCounted, int mostListed) implements Part {
  /** Some 50,000 sockets of a namespace. */
  private static final int TABLE_BYTES = 8 << 20;

  private static final String LINK = "socket:[";

  /** What is known of one socket: in a word or two, and in full. */
  private record Known(String kind, String whole) {}

  @Override
  public String name() {
    return "sockets";
  }

  @Override
  public Duration deadline() {
    return Duration.ofSeconds(2);
  }

  @Override
  public void take(Sheet sheet) throws IOException {
    Map<Integer, Long> held = held(sheet);
    if (held.isEmpty()) {
      return;
    }
    Map<Long, Known> known = new HashMap<>();
    for (String protocol : List.of("tcp", "tcp6", "udp", "udp6", "raw", "raw6")) {
      inet(protocol, known, sheet);
    }
    for (UnixTable.Socket socket : UnixTable.parse(table("unix", sheet)).sockets()) {
      String kind = "unix " + socket.type() + " " + socket.state();
      known.putIfAbsent(socket.inode(), new Known(kind, (kind + " " + socket.path()).strip()));
    }
    ofTheKernel("netlink", known, sheet);
    ofTheKernel("packet", known, sheet);
    write(held, known, sheet);
  }

  /** Inodes of the sockets by descriptor. */
  private Map<Integer, Long> held(Sheet sheet) throws IOException {
    Map<Integer, Long> held = new TreeMap<>();
    int looked = 0;
    try (DirectoryStream<Path> open = Files.newDirectoryStream(scene.folder().resolve("fd"))) {
      for (Path descriptor : open) {
        if (++looked > mostCounted) {
          sheet.line("only the first " + mostCounted + " descriptors were looked at");
          sheet.markCut();
          break;
        }
        String target = Descriptors.target(descriptor);
        if (target.startsWith(LINK) && target.endsWith("]")) {
          int number = Integer.parseInt(String.valueOf(descriptor.getFileName()));
          held.put(number, Long.valueOf(target.substring(LINK.length(), target.length() - 1)));
        }
      }
    }
    return held;
  }

  private void inet(String protocol, Map<Long, Known> known, Sheet sheet) throws IOException {
    for (InetTable.Socket socket : InetTable.parse(table(protocol, sheet)).sockets()) {
      boolean tcp = protocol.startsWith("tcp");
      String kind = tcp ? protocol + " " + socket.state() : protocol;
      String remote = socket.isConnected() ? " -> " + socket.remote() : "";
      known.put(
          socket.inode(), new Known(kind, kind + " " + socket.local() + remote + waiting(socket)));
    }
  }

  private static String waiting(InetTable.Socket socket) {
    boolean listens = socket.state() == State.LISTEN;
    String unread = listens ? " connections not accepted" : " bytes unread";
    String unsent = listens ? " the most that may wait" : " bytes unsent";
    return (socket.unread() > 0 ? ", " + socket.unread() + unread : "")
        + (socket.unsent() > 0 ? ", " + socket.unsent() + unsent : "");
  }

  /** Of these the inode serves, their last column, and the protocol of netlink, its second. */
  private void ofTheKernel(String family, Map<Long, Known> known, Sheet sheet) throws IOException {
    for (String line : table(family, sheet).split("\n")) {
      String[] words = line.strip().split(" +");
      String inode = words[words.length - 1];
      if (words.length > 3 && inode.matches("[0-9]{1,18}")) {
        String protocol = family.equals("netlink") ? " " + words[1] : "";
        known.putIfAbsent(Long.valueOf(inode), new Known(family, family + protocol));
      }
    }
  }

  /** Empty where the kernel has none, as one without IPv6. */
  private String table(String name, Sheet sheet) throws IOException {
    try {
      String content = scene.read("net/" + name, TABLE_BYTES);
      if (content.length() >= TABLE_BYTES) {
        sheet.line("only the first " + TABLE_BYTES + " bytes of net/" + name + " were looked at");
        sheet.markCut();
      }
      return content;
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private void write(Map<Integer, Long> held, Map<Long, Known> known, Sheet sheet) {
    Known other = new Known("other", "of another kind or network namespace");
    Map<String, Integer> kinds = new TreeMap<>();
    held.values()
        .forEach(inode -> kinds.merge(known.getOrDefault(inode, other).kind(), 1, Integer::sum));
    sheet.line("sockets: " + held.size());
    kinds.forEach((kind, count) -> sheet.line("  " + count + " " + kind));
    held.entrySet().stream()
        .limit(mostListed)
        .forEach(
            each ->
                sheet.line(
                    "fd "
                        + each.getKey()
                        + ": "
                        + known.getOrDefault(each.getValue(), other).whole()));
    if (held.size() > mostListed) {
      sheet.line("and " + (held.size() - mostListed) + " more");
      sheet.markCut();
    }
  }
}

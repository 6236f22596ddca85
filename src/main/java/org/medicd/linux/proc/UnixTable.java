package org.medicd.linux.proc;

import java.util.ArrayList;
import java.util.List;

/**
 * /proc/PID/net/unix (proc_pid_net(5)): the sockets of the AF_UNIX family of a network namespace. A
 * path may hold a line break, and what follows it then looks like a socket of its own.
 */
public record UnixTable(List<Socket> sockets) {
  private static final long ACCEPTS = 1 << 16;

  public UnixTable {
    sockets = List.copyOf(sockets);
  }

  /**
   * One socket of the namespace.
   *
   * @param inode as in the link of the descriptor that holds it
   * @param type stream, dgram, seqpacket
   * @param state listening, connected, unconnected …
   * @param path that it is bound to, with "@" for an abstract one; empty where it is not bound
   */
  public record Socket(long inode, String type, String state, String path) {}

  /** What is no line of a socket is passed over: it may be the rest of a path. */
  public static UnixTable parse(String content) {
    List<Socket> sockets = new ArrayList<>();
    content
        .lines()
        .skip(1)
        .forEach(
            line -> {
              String[] words = line.split(" +", 8);
              if (words.length >= 7 && words[0].endsWith(":") && isNumber(words[6])) {
                sockets.add(socket(words));
              }
            });
    return new UnixTable(sockets);
  }

  /** Num RefCount Protocol Flags Type St Inode Path */
  private static Socket socket(String[] words) {
    String path = words.length > 7 ? words[7] : "";
    return new Socket(Long.parseLong(words[6]), type(words[4]), state(words[3], words[5]), path);
  }

  private static String type(String number) {
    return switch (number) {
      case "0001" -> "stream";
      case "0002" -> "dgram";
      case "0005" -> "seqpacket";
      default -> "type " + number;
    };
  }

  private static String state(String flags, String number) {
    if (isHex(flags) && (Long.parseLong(flags, 16) & ACCEPTS) != 0) {
      return "listening";
    }
    return switch (number) {
      case "01" -> "unconnected";
      case "02" -> "connecting";
      case "03" -> "connected";
      case "04" -> "disconnecting";
      default -> "state " + number;
    };
  }

  private static boolean isNumber(String word) {
    return !word.isEmpty()
        && word.length() < 19
        && word.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isHex(String word) {
    return !word.isEmpty()
        && word.length() <= 8
        && word.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
  }
}

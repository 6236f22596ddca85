package org.medicd.linux.proc;

import java.util.ArrayList;
import java.util.List;

/**
 * /proc/PID/net/tcp and tcp6 (the kernel's Documentation/networking/proc_net_tcp.rst): the TCP
 * sockets of the network namespace of a process.
 */
public record TcpTable(List<Socket> sockets) {
  private static final String FILE = "proc/PID/net/tcp";

  public TcpTable {
    sockets = List.copyOf(sockets);
  }

  /** The state of a connection, in the order of the kernel's numbers from 1 on. */
  public enum State {
    ESTABLISHED,
    SYN_SENT,
    SYN_RECEIVED,
    FIN_WAIT_1,
    FIN_WAIT_2,
    TIME_WAIT,
    CLOSED,
    CLOSE_WAIT,
    LAST_ACK,
    LISTEN,
    CLOSING,
    NEW_SYN_RECEIVED,
    /** A number that no kernel has used so far. */
    UNKNOWN;

    static State of(int number) {
      return number >= 1 && number < values().length ? values()[number - 1] : UNKNOWN;
    }
  }

  /**
   * One socket of the namespace.
   *
   * @param localPort its own port
   * @param inode as in the link of the descriptor that holds it; 0 where nobody does
   * @param unread bytes that came and were not read; of one that listens, connections that were not
   *     accepted (rx_queue)
   */
  public record Socket(int localPort, long inode, State state, long unread) {
    /** Somebody may still be waiting at its other end. */
    public boolean isOpen() {
      return inode != 0 && (state == State.LISTEN || state == State.ESTABLISHED);
    }
  }

  /** A last line that is cut off is passed over, the file may be longer than what was read. */
  public static TcpTable parse(String content) throws MalformedKernelFile {
    TextScanner scanner = new TextScanner(FILE, content.substring(0, lastLineEnd(content)));
    List<Socket> sockets = new ArrayList<>();
    scanner.nextLine();
    for (; scanner.hasLine(); scanner.nextLine()) {
      if (scanner.hasWord()) {
        sockets.add(socket(scanner));
      }
    }
    return new TcpTable(sockets);
  }

  private static int lastLineEnd(String content) {
    return content.lastIndexOf('\n') + 1;
  }

  /** sl local_address rem_address st queues timer retrnsmt uid timeout inode … */
  private static Socket socket(TextScanner scanner) throws MalformedKernelFile {
    scanner.skip(1);
    int localPort = port(scanner);
    scanner.skip(1);
    State state = state(scanner);
    long unread = unread(scanner);
    scanner.skip(4);
    return new Socket(localPort, scanner.number(), state, unread);
  }

  /** address:port */
  private static int port(TextScanner scanner) throws MalformedKernelFile {
    String address = scanner.word();
    int colon = address.indexOf(':');
    long port = colon < 0 || address.length() > colon + 5 ? -1 : hex(address.substring(colon + 1));
    if (port < 0) {
      throw scanner.malformed("no port");
    }
    return (int) port;
  }

  /** tx_queue:rx_queue */
  private static long unread(TextScanner scanner) throws MalformedKernelFile {
    String queues = scanner.word();
    int colon = queues.indexOf(':');
    long number = colon < 0 ? -1 : hex(queues.substring(colon + 1));
    if (number < 0) {
      throw scanner.malformed("no queues");
    }
    return number;
  }

  private static State state(TextScanner scanner) throws MalformedKernelFile {
    String word = scanner.word();
    int number = word.length() > 2 ? -1 : (int) hex(word);
    if (number < 0) {
      throw scanner.malformed("no state");
    }
    return State.of(number);
  }

  /** -1 where it is no number. */
  private static long hex(String word) {
    if (word.isEmpty() || word.length() > 8) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < word.length(); i++) {
      int digit = Character.digit(word.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      number = number * 16 + digit;
    }
    return number;
  }
}

package org.medicd.linux.proc;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.medicd.linux.proc.TcpTable.State;

/**
 * /proc/PID/net/tcp, udp, raw and their IPv6 kin (the kernel's
 * Documentation/networking/proc_net_tcp.rst), with the addresses that {@link TcpTable} passes over.
 */
public record InetTable(List<Socket> sockets) {
  private static final String FILE = "proc/PID/net";
  private static final int WORD_DIGITS = 8;

  public InetTable {
    sockets = List.copyOf(sockets);
  }

  /**
   * One socket of the namespace.
   *
   * @param inode as in the link of the descriptor that holds it; 0 where nobody does
   * @param local address and port, as 127.0.0.1:80 or [::1]:80
   * @param remote the same of its other end; port 0 where it has none
   * @param state of a connection; udp and raw are ESTABLISHED or CLOSED
   * @param unsent bytes that the other end has not acknowledged, or that were not sent (tx_queue)
   * @param unread bytes that came and were not read; of one that listens, connections that were not
   *     accepted (rx_queue)
   */
  public record Socket(
      long inode, String local, String remote, State state, long unsent, long unread) {
    /** It is of one other end only. */
    public boolean isConnected() {
      return !remote.endsWith(":0");
    }
  }

  /** A last line that is cut off is passed over, the file may be longer than what was read. */
  public static InetTable parse(String content) throws MalformedKernelFile {
    String whole = content.substring(0, content.lastIndexOf('\n') + 1);
    TextScanner scanner = new TextScanner(FILE, whole);
    List<Socket> sockets = new ArrayList<>();
    scanner.nextLine();
    for (; scanner.hasLine(); scanner.nextLine()) {
      if (scanner.hasWord()) {
        sockets.add(socket(scanner));
      }
    }
    return new InetTable(sockets);
  }

  /** sl local_address rem_address st tx_queue:rx_queue timer retrnsmt uid timeout inode … */
  private static Socket socket(TextScanner scanner) throws MalformedKernelFile {
    scanner.skip(1);
    String local = address(scanner);
    String remote = address(scanner);
    State state = State.of((int) hex(scanner.word(), 2, scanner));
    String queues = scanner.word();
    int colon = queues.indexOf(':');
    if (colon < 0) {
      throw scanner.malformed("no queues");
    }
    long unsent = hex(queues.substring(0, colon), WORD_DIGITS, scanner);
    long unread = hex(queues.substring(colon + 1), WORD_DIGITS, scanner);
    scanner.skip(4);
    return new Socket(scanner.number(), local, remote, state, unsent, unread);
  }

  private static String address(TextScanner scanner) throws MalformedKernelFile {
    String word = scanner.word();
    int colon = word.indexOf(':');
    if (colon != WORD_DIGITS && colon != 4 * WORD_DIGITS) {
      throw scanner.malformed("no address");
    }
    long port = hex(word.substring(colon + 1), 4, scanner);
    ByteBuffer address = ByteBuffer.allocate(colon / 2).order(ByteOrder.nativeOrder());
    for (int at = 0; at < colon; at += WORD_DIGITS) {
      address.putInt((int) hex(word.substring(at, at + WORD_DIGITS), WORD_DIGITS, scanner));
    }
    return text(address.array(), scanner) + ":" + port;
  }

  private static String text(byte[] address, TextScanner scanner) throws MalformedKernelFile {
    try {
      String text = InetAddress.getByAddress(address).getHostAddress();
      return text.indexOf(':') < 0 ? text : "[" + text + "]";
    } catch (UnknownHostException e) {
      throw scanner.malformed("no address");
    }
  }

  private static long hex(String word, int most, TextScanner scanner) throws MalformedKernelFile {
    if (word.isEmpty() || word.length() > most) {
      throw scanner.malformed("no number");
    }
    long number = 0;
    for (int i = 0; i < word.length(); i++) {
      int digit = Character.digit(word.charAt(i), 16);
      if (digit < 0) {
        throw scanner.malformed("no number");
      }
      number = number * 16 + digit;
    }
    return number;
  }
}

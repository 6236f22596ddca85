package org.medicd.linux;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;

/** A unix datagram socket of a test's own: a process of python3, as the JDK has none. */
public final class DatagramReceiver implements AutoCloseable {
  private static final String LISTENS =
      """
      import socket, sys
      s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      s.bind(sys.argv[1])
      print('bound', flush=True)
      if sys.argv[2] == 'deaf':
        sys.stdin.read()
      while True:
        print(s.recv(1 << 20).hex(), flush=True)
      """;

  private final Process process;
  private final BufferedReader received;

  private DatagramReceiver(Path socket, String how) throws IOException {
    process = new ProcessBuilder("python3", "-c", LISTENS, socket.toString(), how).start();
    received = process.inputReader();
    if (!"bound".equals(received.readLine())) {
      process.destroyForcibly();
      throw new AssertionError("no socket at " + socket);
    }
  }

  public static DatagramReceiver at(Path socket) throws IOException {
    return new DatagramReceiver(socket, "listens");
  }

  /** It takes nothing out of its queue. */
  public static DatagramReceiver deafAt(Path socket) throws IOException {
    return new DatagramReceiver(socket, "deaf");
  }

  /** The next datagram; waits for it. */
  public byte[] next() throws IOException {
    String line = received.readLine();
    if (line == null) {
      throw new AssertionError("the receiver has ended");
    }
    return HexFormat.of().parseHex(line);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

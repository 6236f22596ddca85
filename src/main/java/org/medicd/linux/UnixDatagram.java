package org.medicd.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Sends messages to a unix datagram socket, which the JDK cannot. */
final class UnixDatagram {
  private static final int PATH_BYTES = 108;

  private final String name;
  private final byte[] address;

  /**
   * An absolute path, or a name in the abstract namespace that starts with '@'.
   *
   * @throws IllegalArgumentException if it is neither, or too long
   */
  UnixDatagram(String socket) {
    this.name = socket;
    byte[] path = socket.getBytes(StandardCharsets.UTF_8);
    boolean isAbstract = socket.startsWith("@");
    if (!isAbstract && !socket.startsWith("/") || path.length < 2 || path.length >= PATH_BYTES) {
      throw new IllegalArgumentException("not the name of a unix socket: " + socket);
    }
    if (isAbstract) {
      path[0] = 0;
    }
    address =
        ByteBuffer.allocate(Short.BYTES + path.length + (isAbstract ? 0 : 1))
            .order(ByteOrder.nativeOrder())
            .putShort((short) Libc.AF_UNIX)
            .put(path)
            .array();
  }

  void send(String message) throws LinuxException {
    send(message.getBytes(StandardCharsets.UTF_8), 0);
  }

  /**
   * Never waits for the receiver.
   *
   * @throws LinuxException also where the receiver has as much before it as it can hold, see {@link
   *     LinuxException#isNothingYet}
   */
  void sendAtOnce(byte[] message) throws LinuxException {
    send(message, Libc.MSG_DONTWAIT);
  }

  private void send(byte[] message, int flags) throws LinuxException {
    int socket = Libc.socket(Libc.AF_UNIX, Libc.SOCK_DGRAM_CLOEXEC, 0);
    if (socket < 0) {
      throw Libc.failure("socket");
    }
    try {
      int how = Libc.MSG_NOSIGNAL | flags;
      if (Libc.sendto(socket, message, message.length, how, address, address.length) < 0) {
        throw Libc.failure("sendto " + name);
      }
    } finally {
      Libc.close(socket);
    }
  }
}

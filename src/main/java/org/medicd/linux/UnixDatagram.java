package org.medicd.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Sends messages to a unix datagram socket, which the JDK cannot. */
final class UnixDatagram {
  private static final int PATH_BYTES = 108;

  private final byte[] address;

  /**
   * An absolute path, or a name in the abstract namespace that starts with '@'.
   *
   * @throws IllegalArgumentException if it is neither, or too long
   */
  UnixDatagram(String socket) {
    byte[] name = socket.getBytes(StandardCharsets.UTF_8);
    boolean isAbstract = socket.startsWith("@");
    if (!isAbstract && !socket.startsWith("/") || name.length < 2 || name.length >= PATH_BYTES) {
      throw new IllegalArgumentException("not the name of a unix socket: " + socket);
    }
    if (isAbstract) {
      name[0] = 0;
    }
    address =
        ByteBuffer.allocate(Short.BYTES + name.length + (isAbstract ? 0 : 1))
            .order(ByteOrder.nativeOrder())
            .putShort((short) Libc.AF_UNIX)
            .put(name)
            .array();
  }

  void send(String message) throws LinuxException {
    int socket = Libc.socket(Libc.AF_UNIX, Libc.SOCK_DGRAM_CLOEXEC, 0);
    if (socket < 0) {
      throw Libc.failure("socket");
    }
    try {
      byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
      long sent =
          Libc.sendto(socket, bytes, bytes.length, Libc.MSG_NOSIGNAL, address, address.length);
      if (sent < 0) {
        throw Libc.failure("sendto the notify socket");
      }
    } finally {
      Libc.close(socket);
    }
  }
}

package org.medicd.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;

/** One request and its answer over a unix socket, within a timeout. */
record SocketExchange(Path socket, Duration timeout) {
  HttpAnswer send(String method, String path) throws IOException {
    try (SocketChannel channel = connect();
        Selector selector = Selector.open()) {
      // 1.0: the answer is not chunked and ends with the connection
      String request =
          method + " " + path + " HTTP/1.0\r\nHost: medicd\r\nContent-Length: 0\r\n\r\n";
      write(channel, request);
      channel.register(selector, SelectionKey.OP_READ);
      return HttpAnswer.parse(read(channel, selector));
    }
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.configureBlocking(false); // else a daemon that hangs, its queue full, would hold us
      channel.connect(UnixDomainSocketAddress.of(socket));
      return channel;
    } catch (IOException e) {
      channel.close();
      if (isForbidden()) {
        throw new ApiClient.NotPermitted(
            "not permitted to ask the daemon at " + socket + ": try as root", e);
      }
      throw new ApiClient.NoDaemon(
          "no daemon answers at " + socket + ": is it running, with this --runtime?", e);
    }
  }

  /** The message of the exception depends on the locale; the file system's answer does not. */
  private boolean isForbidden() {
    try {
      Files.readAttributes(socket, BasicFileAttributes.class);
      return !Files.isWritable(socket);
    } catch (AccessDeniedException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** A request is far smaller than a socket's buffer. */
  private static void write(SocketChannel channel, String request) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
    channel.write(bytes);
    if (bytes.hasRemaining()) {
      throw new IOException("the request is too long");
    }
  }

  private byte[] read(SocketChannel channel, Selector selector) throws IOException {
    long end = System.nanoTime() + timeout.toNanos();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
    while (true) {
      long leftMillis = (end - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        throw new ApiClient.NoDaemon(
            "the daemon at " + socket + " did not answer within " + timeout.toMillis() + " ms",
            new IOException("timed out"));
      }
      selector.select(leftMillis);
      selector.selectedKeys().clear();
      int count = channel.read(buffer.clear());
      if (count < 0) {
        return answer.toByteArray();
      }
      answer.write(buffer.array(), 0, count);
    }
  }
}

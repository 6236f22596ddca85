package org.medicd.notify;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP proxy on loopback, for CONNECT and for whole addresses. Whatever host it is asked for, it
 * goes to one port of this host: so a test may use names that nobody else knows.
 */
public final class FakeProxy implements AutoCloseable {
  /** The head of each request, as it came. */
  public final List<String> asked = new CopyOnWriteArrayList<>();

  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ServerSocket server;
  private final int target;
  private final String login;

  public FakeProxy(int target) throws IOException {
    this(target, "");
  }

  /**
   * @param login without this in the head, nobody is let through
   */
  public FakeProxy(int target, String login) throws IOException {
    this.target = target;
    this.login = login;
    this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** As it stands in https_proxy. */
  public String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      asked.add(head);
      OutputStream back = client.getOutputStream();
      if (!head.contains(login)) {
        say(back, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
        client.shutdownOutput();
        client.getInputStream().transferTo(OutputStream.nullOutputStream()); // or it is reset
        return;
      }
      try (Socket onward = new Socket(InetAddress.getLoopbackAddress(), target)) {
        open.add(onward);
        if (head.startsWith("CONNECT ")) {
          say(back, "HTTP/1.1 200 Connection established\r\n\r\n");
        } else {
          say(onward.getOutputStream(), head.replaceFirst(" http://[^/ ]*", " "));
        }
        threads.execute(() -> copy(client, onward));
        copy(onward, client);
      }
    } catch (IOException e) {
      // one of the two went away
    }
  }

  private static void say(OutputStream to, String text) throws IOException {
    to.write(text.getBytes(StandardCharsets.ISO_8859_1));
    to.flush();
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int each = in.read();
      if (each < 0) {
        throw new IOException("no whole head");
      }
      head.append((char) each);
    }
    return head.toString();
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // one of the two went away
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket each : open) {
      each.close();
    }
    threads.shutdownNow();
  }
}

package org.medicd.notify.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** An SMTP server on loopback (RFC 5321, as far as a client needs it) that keeps what it gets. */
public final class FakeMailServer implements AutoCloseable {
  /** How a server of these tests behaves. */
  public enum Manner {
    PLAIN,
    OFFERS_STARTTLS,
    IMPLICIT_TLS,
    NEVER_ANSWERS,
    REFUSES_RECEIVERS
  }

  /** One mail as it came in. */
  public record Received(
      List<String> receivers, @Nullable String login, boolean encrypted, String data) {
    public String header(String name) {
      String unfolded = data.substring(0, data.indexOf("\n\n")).replaceAll("\n[ \t]+", " ");
      return unfolded
          .lines()
          .filter(line -> line.startsWith(name + ": "))
          .map(line -> line.substring(name.length() + 2))
          .findFirst()
          .orElse("");
    }

    List<String> headerNames() {
      return data.substring(0, data.indexOf("\n\n"))
          .lines()
          .filter(line -> !line.startsWith(" ") && !line.startsWith("\t"))
          .map(line -> line.substring(0, line.indexOf(':')))
          .toList();
    }
  }

  public final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final Manner manner;
  private final SSLContext tls;
  private final ServerSocket server;

  public FakeMailServer(Manner manner) throws IOException {
    this(manner, 0);
  }

  /**
   * @param port as of one that was there before; 0: any
   */
  public FakeMailServer(Manner manner, int port) throws IOException {
    this.manner = manner;
    tls = loopbackTls();
    server = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::acceptAll, "fake-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.add(socket);
        Thread thread = new Thread(() -> serve(socket), "fake-smtp-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try {
      if (manner != Manner.NEVER_ANSWERS) {
        new Session(manner == Manner.IMPLICIT_TLS ? encrypted(socket) : socket).run();
      }
    } catch (IOException e) {
      // the client went away
    }
  }

  private Socket encrypted(Socket plain) throws IOException {
    SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, true);
    socket.setUseClientMode(false);
    return socket;
  }

  private static SSLContext loopbackTls() throws IOException {
    char[] password = "changeit".toCharArray();
    try (InputStream in = FakeMailServer.class.getResourceAsStream("/notify/localhost.p12")) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(Objects.requireNonNull(in), password);
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** One conversation with a client. */
  private final class Session {
    private final List<String> receivers = new ArrayList<>();
    private Socket socket;
    private BufferedReader in;
    private OutputStream out;
    private @Nullable String login;

    Session(Socket socket) throws IOException {
      this.socket = socket;
      this.in = readerOf(socket);
      this.out = socket.getOutputStream();
    }

    void run() throws IOException {
      say("220 fake");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String verb = line.split("[ :]", 2)[0].toUpperCase(java.util.Locale.ROOT);
        switch (verb) {
          case "EHLO" -> greet();
          case "STARTTLS" -> startTls();
          case "AUTH" -> login(line);
          case "RCPT" -> addReceiver(line);
          case "DATA" -> takeData();
          case "QUIT" -> say("221 bye");
          default -> say("250 ok");
        }
      }
    }

    private void greet() throws IOException {
      boolean offer = manner == Manner.OFFERS_STARTTLS && !(socket instanceof SSLSocket);
      say(offer ? "250-fake\r\n250 STARTTLS" : "250-fake\r\n250 AUTH PLAIN");
    }

    private void startTls() throws IOException {
      say("220 go on");
      socket = encrypted(socket);
      in = readerOf(socket);
      out = socket.getOutputStream();
    }

    private void login(String line) throws IOException {
      byte[] plain = Base64.getDecoder().decode(line.substring("AUTH PLAIN ".length()));
      login = new String(plain, StandardCharsets.UTF_8).replace('\0', ':');
      say("235 welcome");
    }

    private void addReceiver(String line) throws IOException {
      if (manner == Manner.REFUSES_RECEIVERS) {
        say("550 5.1.1 nobody here");
      } else {
        receivers.add(line.substring(line.indexOf('<') + 1, line.indexOf('>')));
        say("250 ok");
      }
    }

    private void takeData() throws IOException {
      say("354 go on");
      StringBuilder data = new StringBuilder();
      for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
        data.append(line).append('\n');
      }
      received.add(
          new Received(
              List.copyOf(receivers), login, socket instanceof SSLSocket, data.toString()));
      say("250 taken");
    }

    private void say(String line) throws IOException {
      out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    private static BufferedReader readerOf(Socket socket) throws IOException {
      return new BufferedReader(
          new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }
  }
}

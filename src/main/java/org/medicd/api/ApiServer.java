package org.medicd.api;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * The daemon's unix socket, api.sock in the runtime folder. Whoever may write to it may do all that
 * {@link Daemon} can: it is for its owner, and for one group if asked for.
 */
public final class ApiServer implements AutoCloseable {
  /** The selector, and two that answer. */
  private static final int THREADS = 3;

  private static final long IDLE_MILLIS = 10_000;

  /** Kept, or its level would be forgotten with it: Jetty tells of each start and stop. */
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

  static {
    JETTY.setLevel(Level.WARNING);
  }

  private final Server server;
  private final Path socket;

  private ApiServer(Server server, Path socket) {
    this.server = server;
    this.socket = socket;
  }

  /**
   * Begins to answer.
   *
   * @param group who may connect besides the owner; null: nobody
   * @throws IOException where another daemon answers there, or the socket cannot be made
   */
  public static ApiServer start(Path runtime, @Nullable String group, Daemon daemon)
      throws IOException {
    Path socket = runtime.resolve(ApiClient.SOCKET);
    removeLeftover(runtime);
    Server server = server(socket);
    server.setHandler(new ApiHandler(new Routes(daemon)));
    ApiServer api = new ApiServer(server, socket);
    try {
      server.start();
      restrict(socket, group);
      return api;
    } catch (Exception e) {
      api.close();
      throw new IOException("the API cannot listen at " + socket + ": " + e.getMessage(), e);
    }
  }

  /** Has the classes of a server loaded, beside what else a daemon does when it begins. */
  public static void load() {
    server(Path.of(ApiClient.SOCKET));
  }

  private static Server server(Path socket) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, THREADS);
    threads.setReservedThreads(0);
    threads.setName("medicd-api");
    threads.setDaemon(true);
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(8 * 1024);
    // The routes compare whole paths and open no files: a path has nothing to hide here, and an id
    // with a % in it is answered with "no such incident".
    http.setUriCompliance(UriCompliance.UNSAFE);
    UnixDomainServerConnector connector =
        new UnixDomainServerConnector(server, 0, 1, new HttpConnectionFactory(http));
    connector.setUnixDomainPath(socket);
    connector.setAcceptQueueSize(64);
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.setErrorHandler(new ApiErrors());
    return server;
  }

  /** Until here the umask alone kept others out: a daemon runs with 0022 or less. */
  private static void restrict(Path socket, @Nullable String group) throws IOException {
    PosixFileAttributeView file = Files.getFileAttributeView(socket, PosixFileAttributeView.class);
    if (group != null) {
      file.setGroup(
          socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group));
    }
    file.setPermissions(PosixFilePermissions.fromString(group == null ? "rw-------" : "rw-rw----"));
  }

  /**
   * Removes the socket of a daemon that is no more.
   *
   * @throws IOException where one answers
   */
  public static void removeLeftover(Path runtime) throws IOException {
    Path socket = runtime.resolve(ApiClient.SOCKET);
    if (!Files.exists(socket)) {
      return;
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      Files.delete(socket); // its daemon is gone
      return;
    }
    throw new IOException(
        "a daemon answers at " + socket + " already: stop it, or give another --runtime");
  }

  @Override
  public void close() {
    try {
      server.stop();
      Files.deleteIfExists(socket);
    } catch (Exception e) {
      System.getLogger(ApiServer.class.getName())
          .log(System.Logger.Level.WARNING, "closing {0}: {1}", socket, e.getMessage());
    }
  }
}

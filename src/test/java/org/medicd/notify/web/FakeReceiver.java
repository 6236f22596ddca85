package org.medicd.notify.web;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A web server on loopback that keeps what it was sent, and answers as it is told to. */
public final class FakeReceiver implements AutoCloseable {
  /** One call. */
  public record Received(String method, String path, Headers headers, String body) {
    public String header(String name) {
      return String.valueOf(headers.getFirst(name));
    }

    public JsonElement json() {
      return JsonParser.parseString(body);
    }
  }

  /**
   * What it answers.
   *
   * @param status as 200; 0: never
   */
  public record Reply(int status, Map<String, String> headers, String body) {
    public static Reply of(int status) {
      return new Reply(status, Map.of(), "");
    }

    public static Reply of(int status, String body) {
      return new Reply(status, Map.of(), body);
    }
  }

  public final List<Received> received = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Function<Received, Reply> replies;

  public FakeReceiver(int status) throws IOException {
    this(received -> Reply.of(status));
  }

  public FakeReceiver(Function<Received, Reply> replies) throws IOException {
    this(HttpServer.create(), replies);
  }

  /** One that speaks TLS, as a rule. */
  FakeReceiver(HttpServer server, Function<Received, Reply> replies) throws IOException {
    this.server = server;
    this.replies = replies;
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public void answer(Reply reply) {
    replies = received -> reply;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public URI at(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Received call =
          new Received(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              exchange.getRequestHeaders(),
              body);
      received.add(call);
      Reply reply = replies.apply(call);
      if (reply.status() == 0) {
        closed.await();
        return;
      }
      byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}

package org.medicd.notify.slack;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;
import org.medicd.notify.Escaped;

/**
 * One connection of Socket Mode: each envelope is acknowledged as it comes, and presses are handed
 * on. https://docs.slack.dev/apis/events-api/using-socket-mode
 *
 * <p>It is opened by the HTTP client of Slack's own client. The connection that Slack's client has
 * for this purpose gives a proxy's login to Slack and not to the proxy.
 */
final class Wire implements AutoCloseable {
  private static final Duration PINGS = Duration.ofSeconds(30);
  private static final int GOOD_BYE = 1000; // RFC 6455
  private static final int LONGEST_REASON = 200;

  private final Consumer<Press> presses;
  private final CompletableFuture<String> greeted = new CompletableFuture<>();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final WebSocket socket;

  private Wire(OkHttpClient client, Request address, Consumer<Press> presses) {
    this.presses = presses;
    this.socket = client.newWebSocket(address, new Ear());
  }

  /**
   * Opens one.
   *
   * @param patience how long Slack has to greet
   * @throws IOException if it does not; the message holds no secret
   */
  static Wire open(WebApi slack, Consumer<Press> presses, Duration patience)
      throws IOException, InterruptedException {
    return open(slack.http(), slack.socketUrl(), presses, patience);
  }

  /** The same, at an address that is known. */
  static Wire open(OkHttpClient client, String url, Consumer<Press> presses, Duration patience)
      throws IOException, InterruptedException {
    Request address;
    try {
      address = new Request.Builder().url(url).build();
    } catch (IllegalArgumentException e) {
      throw new IOException("Slack named no address to connect to"); // the address is a secret
    }
    Wire wire = new Wire(beside(client), address, presses);
    try {
      CompletableFuture.anyOf(wire.greeted, wire.ended)
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      wire.socket.cancel();
      throw new IOException("Slack did not greet within " + patience.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // neither ends so
    } catch (InterruptedException e) {
      wire.socket.cancel();
      throw e;
    }
    if (wire.ended.isDone()) {
      throw new IOException("the connection ended: " + wire.ended.join());
    }
    return wire;
  }

  /** The client with a thread for the connection that keeps no process alive. */
  private static OkHttpClient beside(OkHttpClient client) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            0,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "slack-wire");
              thread.setDaemon(true);
              return thread;
            });
    return client
        .newBuilder()
        .dispatcher(new Dispatcher(threads))
        .pingInterval(PINGS.toMillis(), TimeUnit.MILLISECONDS)
        .build();
  }

  /** Waits until it ends, or Slack says that it soon will; returns why. */
  String awaitEnd() throws InterruptedException {
    try {
      return ended.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // it does not end so
    }
  }

  /** Hears what comes, on the connection's thread. */
  private final class Ear extends WebSocketListener {
    @Override
    public void onMessage(WebSocket from, String message) {
      try {
        take(from, JsonParser.parseString(message).getAsJsonObject());
      } catch (JsonParseException | IllegalStateException e) {
        fail(e); // it is no message of Slack's
      }
    }

    @Override
    public void onClosing(WebSocket from, int code, String reason) {
      from.close(GOOD_BYE, null);
      end("closed with " + code);
    }

    @Override
    public void onFailure(WebSocket from, Throwable why, @Nullable Response answer) {
      fail(why);
    }
  }

  private void take(WebSocket from, JsonObject message) {
    switch (text(message, "type")) {
      case "hello" -> greeted.complete("");
      case "disconnect" -> end("Slack asked for another: " + text(message, "reason"));
      default -> {
        acknowledge(from, text(message, "envelope_id"));
        if (text(message, "type").equals("interactive")) {
          handOn(message.get("payload"));
        }
      }
    }
  }

  private static void acknowledge(WebSocket to, String id) {
    if (!id.isEmpty()) {
      JsonObject answer = new JsonObject();
      answer.addProperty("envelope_id", id);
      to.send(answer.toString());
    }
  }

  private void handOn(@Nullable JsonElement payload) {
    Press press = Press.parse(payload);
    if (press != null) {
      presses.accept(press);
    }
  }

  private void fail(Throwable e) {
    end(e.getMessage() == null ? e.toString() : e.getMessage());
  }

  private void end(String why) {
    ended.complete(Escaped.line(why, LONGEST_REASON));
  }

  private static String text(JsonObject object, String name) {
    JsonElement member = object.get(name);
    return member != null && member.isJsonPrimitive() ? member.getAsString() : "";
  }

  /** Says good-bye, and does not wait for an answer. */
  @Override
  public void close() {
    socket.close(GOOD_BYE, null);
  }
}

package org.medicd.notify.slack;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.slack.api.socket_mode.SocketModeClient;
import com.slack.api.socket_mode.impl.SocketModeClientJavaWSImpl;
import com.slack.api.socket_mode.queue.SocketModeMessageQueue;
import com.slack.api.socket_mode.response.AckResponse;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.medicd.notify.Escaped;

/**
 * One connection of Socket Mode, by Slack's own client: each envelope is acknowledged as it comes,
 * and presses are handed on. https://docs.slack.dev/apis/events-api/using-socket-mode
 *
 * <p>The client's own reconnecting is off, as it ends for good at the first answer that is not ok,
 * and so are its threads that ask for messages a thousand times a second.
 */
final class Wire implements AutoCloseable {
  private static final int NO_POLLING = 0;
  private static final long NEVER_MILLIS = Long.MAX_VALUE;
  private static final int LONGEST_REASON = 200;

  private final SocketModeClient client;
  private final Consumer<Press> presses;
  private final CompletableFuture<String> greeted = new CompletableFuture<>();
  private final CompletableFuture<String> ended = new CompletableFuture<>();

  private Wire(WebApi slack, String url, Consumer<Press> presses) throws URISyntaxException {
    this.presses = presses;
    client =
        new SocketModeClientJavaWSImpl(
            slack.client(),
            slack.token(),
            url,
            NO_POLLING,
            new Inlet(),
            false,
            false,
            NEVER_MILLIS);
    client.addWebSocketMessageListener(this::acknowledge);
    client.addInteractiveEnvelopeListener(envelope -> handOn(envelope.getPayload()));
    client.addWebSocketCloseListener((code, reason) -> end("closed with " + code));
    client.addWebSocketErrorListener(this::fail);
  }

  /**
   * Opens one.
   *
   * @param patience how long Slack has to greet
   * @throws IOException if it does not; the message holds no secret
   */
  static Wire open(WebApi slack, Consumer<Press> presses, Duration patience)
      throws IOException, InterruptedException {
    String url = slack.socketUrl();
    Wire wire;
    try {
      wire = new Wire(slack, url, presses);
    } catch (URISyntaxException e) {
      throw new IOException("Slack named no address to connect to"); // the address is a secret
    }
    try {
      wire.client.connect();
      CompletableFuture.anyOf(wire.greeted, wire.ended)
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      wire.close();
      throw new IOException("Slack did not greet within " + patience.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // neither ends so
    } catch (InterruptedException | IOException | RuntimeException e) {
      wire.close();
      throw e;
    }
    if (wire.ended.isDone()) {
      throw new IOException("the connection ended: " + wire.ended.join());
    }
    return wire;
  }

  /** Waits until it ends, or Slack says that it soon will; returns why. */
  String awaitEnd() throws InterruptedException {
    try {
      return ended.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // it does not end so
    }
  }

  /** Takes messages as they come, on the connection's thread. */
  private final class Inlet implements SocketModeMessageQueue {
    @Override
    public void add(String message) {
      take(message);
    }

    @Override
    public @Nullable String poll() {
      return null;
    }
  }

  private void take(String message) {
    try {
      JsonObject parsed = JsonParser.parseString(message).getAsJsonObject();
      switch (text(parsed, "type")) {
        case "hello" -> greeted.complete("");
        case "disconnect" -> end("Slack asked for another: " + text(parsed, "reason"));
        default -> client.processMessage(message);
      }
    } catch (JsonParseException | IllegalStateException | IOException e) {
      fail(e); // it is no message of Slack's
    }
  }

  private void acknowledge(String message) {
    String id = text(JsonParser.parseString(message).getAsJsonObject(), "envelope_id");
    if (!id.isEmpty()) {
      client.sendSocketModeResponse(AckResponse.builder().envelopeId(id).build());
    }
  }

  private void handOn(@Nullable JsonElement payload) {
    Press press = Press.parse(payload);
    if (press != null) {
      presses.accept(press);
    }
  }

  private void fail(Throwable e) {
    end(String.valueOf(e.getMessage()));
  }

  private void end(String why) {
    ended.complete(Escaped.line(why, LONGEST_REASON));
  }

  private static String text(JsonObject object, String name) {
    JsonElement member = object.get(name);
    return member != null && member.isJsonPrimitive() ? member.getAsString() : "";
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException | RuntimeException e) {
      end(String.valueOf(e.getMessage())); // it is closed already
    }
  }
}

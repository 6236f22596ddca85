package org.medicd.notify.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.DefaultSSLWebSocketServerFactory;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;

/** Slack's side of Socket Mode: greets, hands on what is pressed, and keeps what it hears. */
public final class FakeSocket extends WebSocketServer {
  /** Ids of envelopes that were acknowledged. */
  public final List<String> acknowledged = new CopyOnWriteArrayList<>();

  /** Connections, oldest first; those that ended too. */
  final List<WebSocket> connections = new CopyOnWriteArrayList<>();

  /** What each connection began with. */
  final List<ClientHandshake> handshakes = new CopyOnWriteArrayList<>();

  private final CountDownLatch started = new CountDownLatch(1);
  private int presses;

  private FakeSocket() {
    super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  static FakeSocket begin() throws InterruptedException {
    return begin(new FakeSocket());
  }

  /** One that is reached over TLS. */
  static FakeSocket begin(SSLContext tls) throws InterruptedException {
    FakeSocket socket = new FakeSocket();
    socket.setWebSocketFactory(new DefaultSSLWebSocketServerFactory(tls));
    return begin(socket);
  }

  private static FakeSocket begin(FakeSocket socket) throws InterruptedException {
    socket.setDaemon(true);
    socket.setReuseAddr(true);
    socket.start();
    if (!socket.started.await(10, TimeUnit.SECONDS)) {
      throw new AssertionError("the WebSocket server does not begin");
    }
    return socket;
  }

  String url() {
    return "ws://127.0.0.1:" + getPort() + "/link/?ticket=secret-ticket";
  }

  /** Connections that are open. */
  List<WebSocket> open() {
    return connections.stream().filter(WebSocket::isOpen).toList();
  }

  public boolean isConnected() {
    return !open().isEmpty();
  }

  /** Somebody presses; returns the envelope's id. */
  synchronized String press(
      String channel,
      String message,
      @Nullable String thread,
      String action,
      String value,
      String user,
      String name) {
    String at = "1795000000." + ++presses;
    JsonObject payload = payload(channel, message, action, value, user, name, at);
    if (thread != null) {
      payload.getAsJsonObject("container").addProperty("thread_ts", thread);
    }
    return send(payload);
  }

  /** What Slack tells of a press. */
  static JsonObject payload(
      String channel,
      String message,
      String action,
      String value,
      String user,
      String name,
      String at) {
    JsonObject payload = object("type", "block_actions");
    payload.add("user", object("id", user, "username", name, "name", name, "team_id", "T1"));
    payload.add(
        "container", object("type", "message", "message_ts", message, "channel_id", channel));
    payload.add("channel", object("id", channel, "name", "ops"));
    JsonArray actions = new JsonArray();
    actions.add(object("type", "button", "action_id", action, "value", value, "action_ts", at));
    payload.add("actions", actions);
    return payload;
  }

  /** Sends an envelope by the newest connection; returns its id. */
  String send(JsonObject payload) {
    JsonObject envelope =
        object("type", "interactive", "envelope_id", UUID.randomUUID().toString());
    envelope.add("payload", payload);
    sendRaw(envelope.toString());
    return envelope.get("envelope_id").getAsString();
  }

  void sendRaw(String message) {
    List<WebSocket> open = open();
    open.get(open.size() - 1).send(message);
  }

  /** The network goes: nobody says good-bye. */
  void drop() {
    open().forEach(each -> each.closeConnection(1006, "dropped"));
  }

  void end() throws InterruptedException {
    stop(1_000);
  }

  private static JsonObject object(String... pairs) {
    JsonObject object = new JsonObject();
    for (int i = 0; i < pairs.length; i += 2) {
      object.addProperty(pairs[i], pairs[i + 1]);
    }
    return object;
  }

  @Override
  public void onStart() {
    started.countDown();
  }

  @Override
  public void onOpen(WebSocket connection, ClientHandshake handshake) {
    connections.add(connection);
    handshakes.add(handshake);
    connection.send("{\"type\":\"hello\",\"num_connections\":1}");
  }

  @Override
  public void onMessage(WebSocket connection, String message) {
    JsonObject heard = JsonParser.parseString(message).getAsJsonObject();
    acknowledged.add(heard.get("envelope_id").getAsString());
  }

  @Override
  public void onClose(WebSocket connection, int code, String reason, boolean remote) {}

  @Override
  public void onError(@Nullable WebSocket connection, Exception e) {}
}

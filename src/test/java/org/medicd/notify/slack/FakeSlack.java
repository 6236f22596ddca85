package org.medicd.notify.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A Slack workspace on loopback, with one channel and one app: its Web API over HTTP, and Socket
 * Mode over a WebSocket. It refuses what Slack would: blocks beyond its limits, methods for which
 * the app has no scope, channels by name where their id is needed.
 */
public final class FakeSlack implements AutoCloseable {
  public static final String CHANNEL = "C012AB3CD";
  public static final String NAME = "#ops";
  private static final Set<String> HISTORY = Set.of("channels:history", "groups:history");

  /** One call. */
  public record Posted(String path, String authorization, Map<String, String> form) {}

  /** What the workspace shows. */
  public static final class Shown {
    public final String ts;
    public final @Nullable String thread;
    public final boolean broadcast;
    public volatile String text = "";
    public volatile JsonArray blocks = new JsonArray();
    private final @Nullable JsonElement metadata;

    Shown(String ts, Map<String, String> form) {
      this.ts = ts;
      thread = form.get("thread_ts");
      broadcast =
          "1".equals(form.get("reply_broadcast")) || "true".equals(form.get("reply_broadcast"));
      String told = form.get("metadata");
      metadata = told == null ? null : JsonParser.parseString(told);
      fill(form);
    }

    void fill(Map<String, String> form) {
      text = form.getOrDefault("text", "");
      blocks = FakeSlack.blocks(form);
    }

    /** The button of that name; null: there is none. */
    public @Nullable JsonObject button(String action) {
      for (JsonElement block : blocks) {
        if (block.getAsJsonObject().get("type").getAsString().equals("actions")) {
          for (JsonElement each : block.getAsJsonObject().getAsJsonArray("elements")) {
            if (each.getAsJsonObject().get("action_id").getAsString().equals(action)) {
              return each.getAsJsonObject();
            }
          }
        }
      }
      return null;
    }

    /** All that is to be read in it. */
    public String words() {
      return text + "\n" + blocks;
    }
  }

  /**
   * How the next call of a method is answered.
   *
   * @param body null: it is never answered
   * @param done whether it is done all the same
   */
  private record Answer(int status, @Nullable String body, boolean done) {}

  private static final Answer AS_EVER = new Answer(200, "", true);

  public final List<Posted> posted = new CopyOnWriteArrayList<>();

  /** Messages of the channel and of its threads, oldest first. */
  public final List<Shown> messages = new CopyOnWriteArrayList<>();

  /** Forms of what only one user saw. */
  public final List<Map<String, String>> whispers = new CopyOnWriteArrayList<>();

  private final Map<String, Deque<Answer>> next = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final @Nullable Answer always;
  private final Set<String> scopes;
  private volatile @Nullable FakeSocket socket;
  private int count;

  /** With the app of the example. */
  public FakeSlack() throws IOException {
    this(null, SlackApp.ofTheExample().scopes());
  }

  /** With an app that has these scopes. */
  FakeSlack(Set<String> scopes) throws IOException {
    this(null, scopes);
  }

  /** Answers each call so; null: never answers. */
  public FakeSlack(int status, @Nullable String answer) throws IOException {
    this(new Answer(status, answer, false), Set.of());
  }

  private FakeSlack(@Nullable Answer always, Set<String> scopes) throws IOException {
    this.always = always;
    this.scopes = scopes;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI api() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/");
  }

  /** The next call of that method is not done, and answered so. */
  void refuseNext(String method, int status, String body) {
    answers(method).add(new Answer(status, body, false));
  }

  /** The same with ok: false. */
  void refuseNext(String method, String error) {
    refuseNext(method, 200, refusal(error));
  }

  /** Of the next two calls of that method the first is done, and the second is not. */
  void refuseSecond(String method, String error) {
    answers(method).add(AS_EVER);
    refuseNext(method, error);
  }

  /** The next call of that method is done, and the answer gets lost. */
  void loseAnswer(String method) {
    answers(method).add(new Answer(200, null, true));
  }

  private Deque<Answer> answers(String method) {
    return next.computeIfAbsent(method, key -> new ArrayDeque<>());
  }

  /** Begins Socket Mode. */
  public synchronized FakeSocket socket() throws InterruptedException {
    FakeSocket known = socket;
    if (known == null) {
      known = FakeSocket.begin();
      socket = known;
    }
    return known;
  }

  /** Messages that begin a thread. */
  public List<Shown> roots() {
    return messages.stream().filter(each -> each.thread == null).toList();
  }

  public List<Shown> repliesTo(Shown root) {
    return messages.stream().filter(each -> root.ts.equals(each.thread)).toList();
  }

  List<Posted> calls(String method) {
    return posted.stream().filter(each -> each.path().equals("/api/" + method)).toList();
  }

  /** Presses a button of a message, as it is shown now. */
  public void press(Shown message, String action, String user, String name) throws Exception {
    JsonObject button =
        Objects.requireNonNull(message.button(action), "no " + action + " in " + message.words());
    press(message, action, button.get("value").getAsString(), user, name);
  }

  /** Presses one that is no longer shown. */
  public void press(Shown message, String action, String value, String user, String name)
      throws Exception {
    socket().press(CHANNEL, message.ts, message.thread, action, value, user, name);
  }

  @Override
  public void close() throws InterruptedException {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
    FakeSocket known = socket;
    if (known != null) {
      known.end();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    String path = exchange.getRequestURI().getPath();
    Map<String, String> form = form(body);
    posted.add(new Posted(path, authorization, form));
    String method = path.substring(path.lastIndexOf('/') + 1);
    Answer answer = always != null ? always : answers(method).poll();
    answer = answer == AS_EVER ? null : answer;
    if (answer == null || answer.done()) {
      String done = answer(method, authorization, form);
      answer = answer == null ? new Answer(200, done, true) : answer;
    }
    if (answer.body() == null) {
      hang();
      return;
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (answer.status() == 429) {
      exchange.getResponseHeaders().set("Retry-After", always == null ? "1" : "30");
    }
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized String answer(
      String method, String authorization, Map<String, String> form) {
    String token = authorization.replace("Bearer ", "");
    return switch (method) {
      case "chat.postMessage" -> may(token, "chat:write") ? post(form) : refusal("missing_scope");
      case "chat.update" -> may(token, "chat:write") ? update(form) : refusal("missing_scope");
      case "chat.postEphemeral" ->
          may(token, "chat:write") ? whisper(form) : refusal("missing_scope");
      case "conversations.history", "conversations.replies" ->
          scopes.stream().anyMatch(HISTORY::contains) ? history(form) : refusal("missing_scope");
      case "apps.connections.open" ->
          token.startsWith("xapp-") ? open() : refusal("not_allowed_token_type");
      default -> refusal("unknown_method");
    };
  }

  private boolean may(String token, String scope) {
    return token.startsWith("xoxb-") && scopes.contains(scope);
  }

  private static String refusal(String error) {
    return "{\"ok\":false,\"error\":\"%s\"}".formatted(error);
  }

  private String post(Map<String, String> form) {
    String channel = form.get("channel");
    String thread = form.get("thread_ts");
    if (!NAME.equals(channel) && !CHANNEL.equals(channel)) {
      return refusal("channel_not_found");
    } else if (thread != null && roots().stream().noneMatch(each -> each.ts.equals(thread))) {
      return refusal("thread_not_found"); // what is under one is none
    } else if (!BlockKit.problems(blocks(form)).isEmpty()) {
      return refusal("invalid_blocks");
    }
    Shown shown = new Shown("1795000000." + String.format("%06d", ++count), form);
    messages.add(shown);
    return posted(shown.ts);
  }

  private String update(Map<String, String> form) {
    Shown shown = find(String.valueOf(form.get("ts")));
    if (!CHANNEL.equals(form.get("channel"))) {
      return refusal("channel_not_found");
    } else if (shown == null) {
      return refusal("message_not_found");
    } else if (!BlockKit.problems(blocks(form)).isEmpty()) {
      return refusal("invalid_blocks");
    }
    shown.fill(form);
    return posted(shown.ts);
  }

  private static String posted(String ts) {
    return "{\"ok\":true,\"channel\":\"%s\",\"ts\":\"%s\"}".formatted(CHANNEL, ts);
  }

  private String whisper(Map<String, String> form) {
    whispers.add(form);
    return "{\"ok\":true,\"message_ts\":\"1\"}";
  }

  private String history(Map<String, String> form) {
    if (!CHANNEL.equals(form.get("channel"))) {
      return refusal("channel_not_found");
    }
    JsonArray found = new JsonArray();
    for (Shown each : form.containsKey("ts") ? messages : roots()) {
      JsonObject message = new JsonObject();
      message.addProperty("type", "message");
      message.addProperty("ts", each.ts);
      message.addProperty("text", each.text);
      if (each.metadata != null && isTrue(form.get("include_all_metadata"))) {
        message.add("metadata", each.metadata);
      }
      found.add(message);
    }
    return "{\"ok\":true,\"messages\":" + found + "}";
  }

  private static boolean isTrue(@Nullable String value) {
    return "1".equals(value) || "true".equals(value);
  }

  private String open() {
    FakeSocket known = socket;
    return known == null
        ? refusal("internal_error")
        : "{\"ok\":true,\"url\":\"%s\"}".formatted(known.url());
  }

  private @Nullable Shown find(String ts) {
    return messages.stream().filter(each -> each.ts.equals(ts)).findFirst().orElse(null);
  }

  private void hang() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static JsonArray blocks(Map<String, String> form) {
    String blocks = form.get("blocks");
    return blocks == null ? new JsonArray() : JsonParser.parseString(blocks).getAsJsonArray();
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new HashMap<>();
    for (String pair : body.split("&", -1)) {
      String[] halves = pair.split("=", 2);
      if (halves.length == 2) {
        form.put(halves[0], URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
      }
    }
    return form;
  }
}

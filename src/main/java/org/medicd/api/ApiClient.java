package org.medicd.api;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.medicd.record.Json;

/** Asks the daemon behind a runtime folder's socket. Light: no HTTP library is loaded. */
public final class ApiClient {
  /** The socket in the runtime folder. */
  public static final String SOCKET = "api.sock";

  private final Path socket;
  private final Duration timeout;

  public ApiClient(Path runtime, Duration timeout) {
    this.socket = runtime.resolve(SOCKET);
    this.timeout = timeout;
  }

  /** No daemon answers: there is none, or it hangs. */
  public static final class NoDaemon extends IOException {
    NoDaemon(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The socket is not for this user. */
  public static final class NotPermitted extends IOException {
    NotPermitted(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The daemon answered no: there is no such thing, or it cannot be done now. */
  public static final class Refused extends IOException {
    private final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }

    /** The HTTP status: 404 where there is no such thing. */
    public int status() {
      return status;
    }
  }

  public String status() throws IOException {
    return ask("GET", "/v1/status");
  }

  public String incidents(boolean all) throws IOException {
    return ask("GET", "/v1/incidents?all=" + all);
  }

  public String shadows(boolean all) throws IOException {
    return ask("GET", "/v1/incidents?shadow=true&all=" + all);
  }

  public String incident(String id) throws IOException {
    return ask("GET", "/v1/incidents/" + encode(id));
  }

  public String why(int pid) throws IOException {
    return ask("GET", "/v1/why/" + pid);
  }

  /** Sends approve or deny, about one incident. */
  public String command(String command, String id) throws IOException {
    return message(ask("POST", "/v1/" + command + "/" + encode(id)));
  }

  /** Sends pause, resume or reload. */
  public String command(String command) throws IOException {
    return message(ask("POST", "/v1/" + command));
  }

  /**
   * The same with parameters.
   *
   * @param parameters names and values, one after the other; those without a value are left out
   */
  public String commandWith(String command, List<@Nullable String> parameters) throws IOException {
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    for (int i = 0; i < parameters.size(); i += 2) {
      String value = parameters.get(i + 1);
      if (value != null) {
        query.add(parameters.get(i) + "=" + encode(value));
      }
    }
    return message(ask("POST", "/v1/" + command + query));
  }

  private static String encode(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private String ask(String method, String path) throws IOException {
    HttpAnswer answer = new SocketExchange(socket, timeout).send(method, path);
    if (answer.status() != 200) {
      throw new Refused(answer.status(), text(answer.body(), "error"));
    }
    return answer.body();
  }

  private static String message(String body) {
    return text(body, "message");
  }

  private static String text(String body, String name) {
    try {
      JsonObject object = Json.read(body, JsonObject.class);
      return object.has(name) ? object.get(name).getAsString() : body;
    } catch (JsonParseException e) {
      return body;
    }
  }
}

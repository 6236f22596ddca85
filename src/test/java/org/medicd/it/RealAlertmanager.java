package org.medicd.it;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Debian's prometheus-alertmanager, as a child of the test on loopback. */
final class RealAlertmanager implements AutoCloseable {
  static final String PROGRAM = "prometheus-alertmanager";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path folder;
  private final int port;
  private Process process;

  private RealAlertmanager(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts it with the configuration in the examples, but for whom it tells and how soon.
   *
   * @param people where it posts what people are to hear
   */
  static RealAlertmanager start(Path folder, URI people) throws Exception {
    String example = Files.readString(Path.of("examples/gateways/alertmanager.yml"));
    String hasty =
        example
            .replace("http://127.0.0.1:9099/", people.toString())
            .replace("group_wait: 10s", "group_wait: 1s")
            .replace("group_interval: 1m", "group_interval: 2s");
    Files.writeString(folder.resolve("alertmanager.yml"), hasty);
    int port;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }
    RealAlertmanager alertmanager = new RealAlertmanager(folder, port);
    alertmanager.begin();
    return alertmanager;
  }

  void begin() throws IOException {
    process =
        new ProcessBuilder(
                PROGRAM,
                "--config.file=" + folder.resolve("alertmanager.yml"),
                "--storage.path=" + folder.resolve("alertmanager"),
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address=")
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("alertmanager.log").toFile()))
            .start();
    await("alertmanager").atMost(Duration.ofSeconds(30)).until(this::isReady);
  }

  private boolean isReady() throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError(Files.readString(folder.resolve("alertmanager.log")));
    }
    try {
      return get("/-/ready").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it as a restart does. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  String url() {
    return "http://127.0.0.1:" + port + "/api/v2/alerts";
  }

  /** The incidents that it takes for open. */
  Set<String> active() throws IOException {
    return AlertmanagerIT.list(array("/api/v2/alerts")).stream()
        .map(each -> each.getAsJsonObject("labels").get("incident").getAsString())
        .collect(Collectors.toSet());
  }

  List<JsonObject> groups() throws IOException {
    return AlertmanagerIT.list(array("/api/v2/alerts/groups"));
  }

  private JsonArray array(String path) throws IOException {
    return JsonParser.parseString(get(path).body()).getAsJsonArray();
  }

  private HttpResponse<String> get(String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    stop();
  }
}

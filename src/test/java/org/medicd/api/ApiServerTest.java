package org.medicd.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medicd.record.SampleIncident.OPENED;
import static org.medicd.record.SampleIncident.opened;
import static org.medicd.record.SampleIncident.recovered;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.record.Json;

class ApiServerTest {
  private final FakeDaemon daemon = new FakeDaemon();

  @TempDir Path runtime;
  private ApiServer server;
  private ApiClient client;

  @BeforeEach
  void start() throws IOException {
    server = ApiServer.start(runtime, null, daemon);
    client = new ApiClient(runtime, Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tellsTheStatus() throws IOException {
    assertThat(Json.read(client.status(), StatusView.class)).isEqualTo(daemon.status());
  }

  @Test
  void listsOpenIncidentsAndClosedOnesIfAsked() throws IOException {
    daemon.incidents.addAll(List.of(recovered("2", OPENED), opened("1 /%\u00e9")));

    assertThat(Json.readList(client.incidents(false), IncidentView.class))
        .extracting(IncidentView::id)
        .containsExactly("1 /%\u00e9");
    assertThat(Json.readList(client.incidents(true), IncidentView.class)).hasSize(2);
  }

  @Test
  void findsOneIncidentByAnyId() throws IOException {
    daemon.incidents.addAll(List.of(opened("1"), opened("1/ %+\u00e9")));

    assertThat(Json.read(client.incident("1/ %+\u00e9"), IncidentView.class).id())
        .isEqualTo("1/ %+\u00e9");
    assertThatThrownBy(() -> client.incident("2"))
        .isInstanceOf(ApiClient.Refused.class)
        .hasMessageContaining("no incident is called \"2\"")
        .extracting(e -> ((ApiClient.Refused) e).status())
        .isEqualTo(404);
  }

  @Test
  void tellsWhy() throws IOException {
    assertThat(Json.read(client.why(17), WhyView.class)).isEqualTo(daemon.why(17).orElseThrow());
    assertThatThrownBy(() -> client.why(18)).hasMessage("no process has pid 18");
  }

  @Test
  void passesCommandsOn() throws IOException {
    daemon.incidents.add(opened("1"));

    assertThat(client.command("approve", "1")).isEqualTo("done: approve 1");
    assertThat(client.command("pause")).isEqualTo("done: pause");
    assertThat(client.command("resume")).isEqualTo("done: resume");
    assertThat(client.command("reload")).isEqualTo("done: reload");
    assertThatThrownBy(() -> client.command("deny", "1"))
        .isInstanceOf(ApiClient.Refused.class)
        .hasMessageContaining("nothing of 1 waits");
    assertThatThrownBy(() -> client.command("approve", "2")).hasMessageContaining("\"2\"");
    assertThat(daemon.told).containsExactly("approve 1", "pause", "resume", "reload", "deny 1");
  }

  @Test
  void answersMistakesWithTheRightStatus() throws IOException {
    assertThat(raw("GET /v1/pause HTTP/1.1")).startsWith("HTTP/1.1 405").contains("{\"error\":");
    assertThat(raw("POST /v1/status HTTP/1.1")).startsWith("HTTP/1.1 405");
    assertThat(raw("GET /v1/why/x HTTP/1.1")).startsWith("HTTP/1.1 400").contains("not a pid");
    assertThat(raw("GET /v1/nothing HTTP/1.1")).startsWith("HTTP/1.1 404");
    assertThat(raw("GET / HTTP/1.1")).startsWith("HTTP/1.1 404");
    assertThat(raw("GET /v1/../../etc/passwd HTTP/1.1")).startsWith("HTTP/1.1 40");
    assertThat(raw("GET /v1/incidents/%ff%zz HTTP/1.1")).startsWith("HTTP/1.1 40");
    assertThat(raw("GET /v1/status" + "x".repeat(20_000) + " HTTP/1.1"))
        .startsWith("HTTP/1.1 414")
        .contains("{\"error\":");
    assertThat(raw("nonsense")).startsWith("HTTP/1.1 400").contains("{\"error\":");
    daemon.storeAnswers = false;
    assertThat(raw("GET /v1/incidents HTTP/1.1")).startsWith("HTTP/1.1 503").contains("the store");
    assertThat(daemon.told).isEmpty();
  }

  private String raw(String requestLine) throws IOException {
    try (SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(runtime.resolve(ApiClient.SOCKET)))) {
      String request = requestLine + "\r\nHost: x\r\nConnection: close\r\n\r\n";
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aBugInAnAnswerIsAnErrorAndTheNextIsAnswered() throws IOException {
    assertThatThrownBy(() -> client.why(666))
        .isInstanceOf(ApiClient.Refused.class)
        .hasMessageContaining("a bug");
    assertThat(client.why(17)).contains("cpu-hot");
  }

  @Test
  void clientsThatSayNothingDoNotKeepOthersFromAnAnswer() throws IOException {
    List<SocketChannel> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        silent.add(
            SocketChannel.open(UnixDomainSocketAddress.of(runtime.resolve(ApiClient.SOCKET))));
      }
      assertThat(client.status()).contains("1.2.3");
    } finally {
      for (SocketChannel channel : silent) {
        channel.close();
      }
    }
  }

  @Test
  void usesFewThreads() throws IOException {
    client.status();

    long count =
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t.getName().startsWith("medicd-api"))
            .count();
    assertThat(count).isBetween(1L, 3L);
  }

  @Test
  void theSocketIsForItsOwner() throws IOException {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(runtime.resolve(ApiClient.SOCKET))))
        .isEqualTo("rw-------");
  }

  @Test
  void theSocketIsForAGroupIfAsked() throws IOException {
    server.close();
    String group =
        Files.readAttributes(runtime, java.nio.file.attribute.PosixFileAttributes.class)
            .group()
            .getName();

    server = ApiServer.start(runtime, group, daemon);

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(runtime.resolve(ApiClient.SOCKET))))
        .isEqualTo("rw-rw----");
  }

  @Test
  void refusesToTakeOverFromADaemonThatAnswers() throws IOException {
    assertThatThrownBy(() -> ApiServer.start(runtime, null, daemon))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a daemon answers");
    assertThat(client.status()).contains("1.2.3");
  }

  @Test
  void takesOverTheSocketOfADaemonThatDied() throws IOException {
    server.close();
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(runtime.resolve(ApiClient.SOCKET)));
    }

    server = ApiServer.start(runtime, null, daemon);

    assertThat(client.status()).contains("1.2.3");
  }

  @Test
  void theClientTellsThatThereIsNoDaemon() {
    server.close();

    assertThat(runtime.resolve(ApiClient.SOCKET)).doesNotExist();
    assertThatThrownBy(client::status)
        .isInstanceOf(ApiClient.NoDaemon.class)
        .hasMessageContaining(runtime.resolve(ApiClient.SOCKET).toString());
  }

  @Test
  void theClientGivesUpOnADaemonThatHangs() throws IOException {
    server.close();
    try (ServerSocketChannel hangs = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      hangs.bind(UnixDomainSocketAddress.of(runtime.resolve(ApiClient.SOCKET)));

      assertThatThrownBy(new ApiClient(runtime, Duration.ofMillis(50))::status)
          .isInstanceOf(ApiClient.NoDaemon.class)
          .hasMessageContaining("within 50 ms");
    }
  }
}

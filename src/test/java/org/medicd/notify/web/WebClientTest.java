package org.medicd.notify.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.FakeProxy;
import org.medicd.notify.LoopbackTls;
import org.medicd.notify.Proxies;
import org.medicd.notify.web.FakeReceiver.Reply;

@Timeout(30)
class WebClientTest {
  private static final Duration SHORT = Duration.ofMillis(700);
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Map<String, String> NO_HEADERS = Map.of();

  private static WebClient client(Duration timeout) {
    return new WebClient(Proxies.of(Map.of()), timeout, null);
  }

  private static WebClient through(String variable, String proxy) {
    return new WebClient(Proxies.of(Map.of(variable, proxy)), LONG, null);
  }

  @Test
  void postsTheBodyWithItsHeaders() throws Exception {
    try (FakeReceiver receiver = new FakeReceiver(call -> Reply.of(202, "taken"))) {
      WebClient.Answer answer =
          client(LONG).post(receiver.at("/hook"), Map.of("X-Test", "1"), "{\"ä\":1}");
      assertThat(answer).isEqualTo(new WebClient.Answer(202, "taken", null));
      FakeReceiver.Received received = receiver.received.get(0);
      assertThat(received.method()).isEqualTo("POST");
      assertThat(received.path()).isEqualTo("/hook");
      assertThat(received.body()).isEqualTo("{\"ä\":1}");
      assertThat(received.header("X-Test")).isEqualTo("1");
      assertThat(received.header("User-Agent")).isEqualTo("medicd");
    }
  }

  @Test
  void doesNotGoWhereTheAnswerSendsIt() throws Exception {
    try (FakeReceiver other = new FakeReceiver(200);
        FakeReceiver receiver =
            new FakeReceiver(
                call -> new Reply(307, Map.of("Location", other.at("/x").toString()), ""))) {
      assertThat(client(LONG).post(receiver.at("/"), NO_HEADERS, "secret").status()).isEqualTo(307);
      assertThat(other.received).isEmpty();
    }
  }

  @Test
  void readsOnlyTheBeginningOfALongAnswer() throws Exception {
    try (FakeReceiver receiver = new FakeReceiver(call -> Reply.of(400, "x".repeat(10_000_000)))) {
      assertThat(client(LONG).get(receiver.at("/")).text()).isEqualTo("x".repeat(8192));
    }
  }

  @Test
  void waitsNoLongerThanItsDeadlineForAnAnswer() throws Exception {
    try (FakeReceiver receiver = new FakeReceiver(0)) {
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> client(SHORT).get(receiver.at("/secret")))
          .withMessage("127.0.0.1: no whole answer within 0.7 s");
    }
  }

  /** The head comes at once, and then one byte after the other, each well in time. */
  @Test
  void waitsNoLongerForAnAnswerThatTrickles() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Future<Boolean> trickle = threads.submit(() -> trickle(server));
      URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> client(SHORT).get(address))
          .withMessage("127.0.0.1: no whole answer within 0.7 s");
      assertThat(trickle).succeedsWithin(LONG).isEqualTo(true); // its connection was closed
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean trickle(ServerSocket server) throws InterruptedException {
    try (Socket client = server.accept()) {
      OutputStream out = client.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 5000; i++) {
        out.write('x');
        out.flush();
        new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
      }
      return false;
    } catch (IOException e) {
      return true; // the other side has closed it
    }
  }

  @Test
  void tellsOfAnAnswerThatIsNotHttp() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Future<?> garbage =
          threads.submit(
              () -> {
                try (Socket client = server.accept()) {
                  client.getInputStream().read();
                  client
                      .getOutputStream()
                      .write(
                          "\0\1\u001b[31m garbage\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                }
                return true;
              });
      URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/secret");
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> client(LONG).get(address))
          .withMessageStartingWith("127.0.0.1: ")
          .withMessageNotContaining("\u001b")
          .withMessageNotContaining("secret");
      assertThat(garbage).succeedsWithin(LONG);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void tellsThatNobodyListens() throws Exception {
    int port;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }
    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> client(LONG).get(URI.create("http://127.0.0.1:" + port + "/secret")))
        .withMessageMatching("127.0.0.1: (nobody listens there|Connection refused)");
  }

  @Test
  void goesThroughAProxyThatKnowsTheHost() throws Exception {
    try (FakeReceiver receiver = new FakeReceiver(200);
        FakeProxy proxy = new FakeProxy(receiver.port())) {
      WebClient client = through("http_proxy", "http://" + proxy.address());
      URI address = URI.create("http://pager.example/hook");
      assertThat(client.post(address, NO_HEADERS, "body").status()).isEqualTo(200);
      assertThat(proxy.asked.get(0)).startsWith("POST http://pager.example/hook HTTP/1.1\r\n");
      assertThat(receiver.received.get(0).body()).isEqualTo("body");
    }
  }

  @Test
  void logsInToTheProxyAndToNobodyElse() throws Exception {
    SSLContext tls = LoopbackTls.context();
    HttpsServer https = HttpsServer.create();
    https.setHttpsConfigurator(new HttpsConfigurator(tls));
    String login = "Proxy-Authorization: Basic am9lOmE6Yg==";
    try (FakeReceiver receiver = new FakeReceiver(https, call -> Reply.of(200));
        FakeProxy proxy = new FakeProxy(receiver.port(), login)) {
      Proxies proxies = Proxies.of(Map.of("https_proxy", "joe:a%3Ab@" + proxy.address()));
      WebClient client = new WebClient(proxies, LONG, tls);
      URI address = URI.create("https://pager.example/hook");
      assertThat(client.post(address, NO_HEADERS, "body").status()).isEqualTo(200);
      assertThat(proxy.asked.get(0)).startsWith("CONNECT pager.example:443 ").contains(login);
      assertThat(receiver.received.get(0).headers()).doesNotContainKey("Proxy-authorization");
    }
  }

  @Test
  void tellsThatTheProxyWantsALogin() throws Exception {
    try (FakeReceiver receiver = new FakeReceiver(200);
        FakeProxy proxy = new FakeProxy(receiver.port(), "Proxy-Authorization: ")) {
      WebClient client = through("http_proxy", proxy.address());
      URI address = URI.create("http://pager.example/hook");
      assertThat(client.get(address).status()).isEqualTo(407);
      assertThat(receiver.received).isEmpty();
    }
  }

  @Test
  void doesNotGoStraightWhereTheProxyCannotBeUsed() throws Exception {
    URI address = URI.create("http://pager.example/secret");
    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> through("all_proxy", "socks5h://joe:hidden@127.0.0.1:1080").get(address))
        .withMessage(
            "pager.example: the way there is by socks proxy 127.0.0.1:1080, and medicd needs one"
                + " that speaks HTTP");
  }
}

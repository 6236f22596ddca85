package org.medicd.notify.slack;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.util.http.SlackHttpClient;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.FakeProxy;
import org.medicd.notify.LoopbackTls;
import org.medicd.notify.Proxies;

@Timeout(30)
class SlackProxyTest {
  private static final URI API = URI.create("http://slack.example/api/");

  private static SlackConfig config(String variable, String value) throws DeliveryException {
    SlackConfig config = new SlackConfig();
    Figures.keepNone(config);
    config.setMethodsEndpointUrlPrefix(API.toString());
    SlackProxy.set(config, API, Proxies.of(Map.of(variable, value)));
    return config;
  }

  @Test
  void messagesGoThroughAProxyThatWantsALogin() throws Exception {
    String login = "Proxy-Authorization: Basic am9lOmE6Yg==";
    try (FakeSlack server = new FakeSlack(200, "{\"ok\":true,\"ts\":\"1.1\"}");
        FakeProxy proxy = new FakeProxy(server.api().getPort(), login);
        Slack slack = Slack.getInstance(config("http_proxy", "joe:a%3Ab@" + proxy.address()))) {
      assertThat(slack.methods("xoxb-1").chatPostMessage(m -> m.channel("C").text("t")).isOk())
          .isTrue();
      assertThat(proxy.asked)
          .last()
          .asString()
          .startsWith("POST http://slack.example/api/chat.post");
      assertThat(server.posted).hasSize(1);
    }
  }

  @Test
  void logsInToTheProxyForButtonsAndToNobodyElse() throws Exception {
    SSLContext tls = LoopbackTls.context();
    SlackConfig config = new SlackConfig();
    Figures.keepNone(config);
    String login = "Proxy-Authorization: Basic am9lOmE6Yg==";
    FakeSocket socket = FakeSocket.begin(tls);
    try (FakeProxy proxy = new FakeProxy(socket.getPort(), login)) {
      Proxies proxies = Proxies.of(Map.of("https_proxy", "joe:a%3Ab@" + proxy.address()));
      SlackProxy.set(config, URI.create("https://slack.example/api/"), proxies);
      OkHttpClient client =
          SlackHttpClient.buildOkHttpClient(config)
              .newBuilder()
              .sslSocketFactory(tls.getSocketFactory(), LoopbackTls.trust())
              .hostnameVerifier((name, session) -> true)
              .build();
      String url = "wss://link.example/?ticket=1";
      try (Wire wire = Wire.open(client, url, press -> {}, Duration.ofSeconds(10))) {
        assertThat(wire).isNotNull();
        assertThat(proxy.asked)
            .allMatch(each -> each.startsWith("CONNECT link.example:443 "))
            .last(as(STRING))
            .contains(login);
        assertThat(socket.handshakes).hasSize(1);
        assertThat(socket.handshakes.get(0).getFieldValue("Proxy-Authorization")).isEmpty();
      }
    } finally {
      socket.end();
    }
  }

  @Test
  void goesStraightWhereTheEnvironmentNamesNone() throws Exception {
    assertThat(config("https_proxy", "proxy.lan:3128").getProxyUrl()).isNull();
  }

  @Test
  void tellsOfAProxyThatSlacksClientCannotUse() {
    for (String value : new String[] {"socks5://joe:hidden@proxy.lan", "[2001:db8::1]:3128"}) {
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> config("all_proxy", value))
          .withMessageStartingWith("slack.example: ")
          .withMessageNotContaining("hidden");
    }
  }
}

package org.medicd.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.FakeProxy;
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

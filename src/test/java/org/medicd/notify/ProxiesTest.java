package org.medicd.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medicd.notify.Proxies.Kind;
import org.medicd.notify.Proxies.Proxy;

class ProxiesTest {
  private static final Proxy PROXY = new Proxy(Kind.HTTP, "proxy.lan", 3128, null, null);

  private static @Nullable Proxy to(String scheme, String host, String... variables)
      throws DeliveryException {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return Proxies.of(environment).to(scheme, host);
  }

  @Test
  void goesStraightWhereNothingIsSaid() throws Exception {
    assertThat(to("https", "a.example")).isNull();
    assertThat(to("https", "a.example", "https_proxy", "", "http_proxy", "proxy.lan")).isNull();
  }

  @Test
  void eachSchemeHasAVariableAndAllProxyIsForTheRest() throws Exception {
    String[] variables = {"https_proxy", "http://proxy.lan:3128", "all_proxy", "socks5h://s:1081"};
    assertThat(to("https", "a.example", variables)).isEqualTo(PROXY);
    assertThat(to("smtp", "a.example", variables))
        .isEqualTo(new Proxy(Kind.SOCKS, "s", 1081, null, null));
    assertThat(to("smtps", "a.example", "SMTPS_PROXY", "proxy.lan:3128")).isEqualTo(PROXY);
  }

  @Test
  void smallLettersGoBeforeCapitals() throws Exception {
    assertThat(to("https", "a.example", "HTTPS_PROXY", "no:1", "https_proxy", "proxy.lan:3128"))
        .isEqualTo(PROXY);
    assertThat(to("https", "a.example", "HTTPS_PROXY", "proxy.lan:3128")).isEqualTo(PROXY);
    assertThat(to("https", "a.example", "ALL_PROXY", "proxy.lan:3128")).isEqualTo(PROXY);
  }

  @Test
  void whatACgiProgramCouldBeGivenFromOutsideIsNotRead() throws Exception {
    assertThat(to("http", "a.example", "HTTP_PROXY", "evil:1")).isNull();
    assertThat(to("http", "a.example", "http_proxy", "proxy.lan:3128")).isEqualTo(PROXY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]", "LOCALHOST"})
  void thisHostIsReachedStraight(String host) throws Exception {
    assertThat(to("http", host, "http_proxy", "proxy.lan:3128")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "proxy.lan, proxy.lan, 1080",
    "http://proxy.lan:3128/, proxy.lan, 3128",
    "HTTP://10.0.0.1:8080, 10.0.0.1, 8080",
    "http://[2001:db8::1]:3128, 2001:db8::1, 3128",
    "proxy.lan:3128/what?ever, proxy.lan, 3128",
  })
  void readsAddressesAsCurlDoes(String value, String host, int port) throws Exception {
    assertThat(to("https", "a.example", "https_proxy", value))
        .isEqualTo(new Proxy(Kind.HTTP, host, port, null, null));
  }

  @ParameterizedTest
  @CsvSource({
    "http://joe:s%40cret@proxy.lan:3128, joe, s@cret",
    "joe:p@ss@proxy.lan:3128, joe, p@ss",
    "joe:a+b:c@proxy.lan:3128, joe, a+b:c",
    "joe@proxy.lan:3128, joe, ''",
  })
  void readsLoginsAndShowsThemToNobody(String value, String user, String password)
      throws Exception {
    Proxy proxy = to("https", "a.example", "https_proxy", value);
    assertThat(proxy).isEqualTo(new Proxy(Kind.HTTP, "proxy.lan", 3128, user, password));
    assertThat(proxy).hasToString("http proxy proxy.lan:3128");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://",
        "http://user:hidden@",
        "ftp://joe:hidden@proxy.lan",
        "https://joe:hidden@proxy.lan",
        "proxy.lan:0",
        "proxy.lan:99999",
        "joe:hidden%zz@proxy.lan",
        "http://[::1",
        "joe:hidden@pro xy",
        "hidden\u0000"
      })
  void tellsTheVariableThatCannotBeUsedAndNotWhatIsInIt(String value) {
    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> to("https", "a.example", "https_proxy", value))
        .withMessageStartingWith("https_proxy ")
        .withMessageNotContaining("hidden")
        .withNoCause();
  }

  @ParameterizedTest
  @CsvSource({
    "*, a.example, true",
    "'b.example, a.example', a.example, true",
    "'b.example a.example', a.example, true",
    "example, a.example, true",
    ".example, a.example, true",
    ".a.example, a.example, true",
    "A.Example., a.example, true",
    "a.example, a.example., true",
    "example, notexample, false",
    "a.example, b.a.example, true",
    "b.a.example, a.example, false",
    ".b, a.example, false",
    ".., a.example, false",
    "10.0.0.0/8, 10.1.2.3, true",
    "10.0.0.0/8, 11.1.2.3, false",
    "10.128.0.0/9, 10.1.2.3, false",
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3/33, 10.1.2.3, false",
    "10.1.2.3/x, 10.1.2.3, false",
    "300.1.2.3, 10.1.2.3, false",
    "10.1.2.3/0, 192.0.2.1, true",
    "2001:db8::/32, 2001:db8:1::5, true",
    "2001:db8::/32, '[2001:db8:1::5]', true",
    "2001:db8::/32, 2001:db9::1, false",
    "2001:db8:0::1, 2001:db8::1, true",
    "10.0.0.0/8, 2001:db8::1, false",
    "1, 10.1.2.1, false",
  })
  void goesStraightToWhatNoProxyNames(String list, String host, boolean straight) throws Exception {
    for (String variable : new String[] {"no_proxy", "NO_PROXY"}) {
      Proxy proxy = to("http", host, "http_proxy", "proxy.lan:3128", variable, list);
      assertThat(proxy).isEqualTo(straight ? null : PROXY);
    }
  }

  /** Whatever stands there: a proxy, none, or a message, and nobody is asked for a name. */
  @Test
  void bearsAnythingThatMayStandInTheEnvironment() {
    Random random = new Random(20261201);
    String[] parts = {
      "http://",
      "https://",
      "socks5://",
      "@",
      ":",
      "/",
      "[",
      "]",
      "%",
      "%4",
      "%41",
      "::1",
      "a.b",
      ".",
      "3128",
      "99999",
      "999.1.1.1",
      "1.2.3.4",
      "/8",
      ",",
      " ",
      "*",
      "\n",
      "\0",
      "é",
      "😀",
      "\ud800"
    };
    int proxies = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder value = new StringBuilder();
      StringBuilder list = new StringBuilder();
      for (int part = random.nextInt(7); part >= 0; part--) {
        value.append(parts[random.nextInt(parts.length)]);
        list.append(parts[random.nextInt(parts.length)]);
      }
      try {
        Proxy proxy =
            to("https", "h.example", "https_proxy", value.toString(), "no_proxy", list.toString());
        NoProxy.covers(list.toString(), value.toString());
        if (proxy != null) {
          proxies++;
          assertThat(proxy.port()).isBetween(1, 65_535);
          assertThat(proxy.host()).matches("[A-Za-z0-9._:-]+");
        }
      } catch (DeliveryException e) {
        assertThat(e).hasMessageStartingWith("https_proxy ");
      }
    }
    assertThat(proxies).isGreaterThan(100);
  }
}

package org.medicd.notify.slack;

import com.slack.api.SlackConfig;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Proxies;

/** The way to Slack by the proxy that the environment names (https_proxy, all_proxy). */
final class SlackProxy {
  private SlackProxy() {}

  /** By itself Slack's client reads HTTPS_PROXY and HTTP_PROXY, in capitals only, for all hosts. */
  static void set(SlackConfig config, URI api, Proxies proxies) throws DeliveryException {
    String host = String.valueOf(api.getHost());
    Proxies.Proxy proxy = proxies.to(api.getScheme().toLowerCase(Locale.ROOT), host);
    if (proxy != null && proxy.kind() != Proxies.Kind.HTTP) {
      throw new DeliveryException(
          host
              + ": the way there is by "
              + proxy
              + ", and Slack's client needs one that speaks HTTP");
    }
    if (proxy != null && proxy.host().contains(":")) {
      throw new DeliveryException(
          host + ": Slack's client needs a proxy with a name, not " + proxy);
    }
    config.setProxyUrl(proxy == null ? null : "http://" + proxy.host() + ":" + proxy.port());
    config.setProxyHeaders(proxy == null ? null : login(proxy));
  }

  private static @Nullable Map<String, String> login(Proxies.Proxy proxy) {
    if (proxy.user() == null) {
      return null;
    }
    byte[] login = (proxy.user() + ":" + proxy.password()).getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = new HashMap<>();
    headers.put("Proxy-Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
    return headers;
  }
}

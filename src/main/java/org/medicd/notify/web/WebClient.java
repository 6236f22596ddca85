package org.medicd.notify.web;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Proxies;

/**
 * Calls web addresses over HTTP/1.1, through the proxy that the environment names. A call has one
 * deadline, from the connection to the end of the answer; of that only the beginning is read. It
 * never goes where an answer sends it: what it carries is for the one whom the configuration names.
 * Safe for threads.
 */
public final class WebClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 8192;
  private static final String NOT_FOR_TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

  static {
    // A proxy is told a password in the clear where its variable has one, as by curl. For https the
    // JDK does so only if asked to, before its client is used for the first time.
    if (System.getProperty(NOT_FOR_TUNNELS) == null) {
      System.setProperty(NOT_FOR_TUNNELS, "");
    }
  }

  /**
   * What was answered.
   *
   * @param status as 200
   * @param text the beginning of the body
   * @param retryAfter the header of that name; null: there is none
   */
  record Answer(int status, String text, @Nullable String retryAfter) {}

  private final Proxies proxies;
  private final Duration timeout;
  private final @Nullable SSLContext tls;
  private final Map<Optional<Proxies.Proxy>, HttpClient> clients = new HashMap<>();

  public WebClient(Proxies proxies) {
    this(proxies, TIMEOUT, null);
  }

  /**
   * @param tls whom to trust; null: whom the JVM trusts
   */
  WebClient(Proxies proxies, Duration timeout, @Nullable SSLContext tls) {
    this.proxies = proxies;
    this.timeout = timeout;
    this.tls = tls;
  }

  /**
   * Posts a body.
   *
   * @throws DeliveryException if there was no answer; tells the host's name and no more of the
   *     address, which may be a secret
   */
  Answer post(URI address, Map<String, String> headers, String body) throws DeliveryException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return call(address, request);
  }

  /** The same without a body. */
  Answer get(URI address) throws DeliveryException {
    return call(address, HttpRequest.newBuilder(address).GET());
  }

  private Answer call(URI address, HttpRequest.Builder request) throws DeliveryException {
    String host = address.getHost();
    Proxies.Proxy proxy = proxies.to(address.getScheme().toLowerCase(Locale.ROOT), host);
    if (proxy != null && proxy.kind() != Proxies.Kind.HTTP) {
      throw new DeliveryException(
          host + ": the way there is by " + proxy + ", and medicd needs one that speaks HTTP");
    } else if (proxy != null && proxy.user() != null) {
      request.header("Proxy-Authorization", basic(proxy));
    }
    request.timeout(timeout).header("User-Agent", "medicd");
    CompletableFuture<HttpResponse<String>> answer =
        client(proxy).sendAsync(request.build(), head -> new Bounded(MOST_BYTES));
    try {
      HttpResponse<String> known = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      String retryAfter = known.headers().firstValue("Retry-After").orElse(null);
      return new Answer(known.statusCode(), known.body(), retryAfter);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new DeliveryException(host + ": " + late(), e);
    } catch (ExecutionException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw new DeliveryException(host + ": " + words(why), why);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new DeliveryException(host + ": interrupted", e);
    }
  }

  private static String basic(Proxies.Proxy proxy) {
    byte[] login = (proxy.user() + ":" + proxy.password()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(login);
  }

  private String late() {
    return "no whole answer within " + timeout.toMillis() / 1000.0 + " s";
  }

  /** The JDK leaves some without a message. */
  private String words(Throwable why) {
    if (why instanceof HttpTimeoutException) {
      return late();
    } else if (why instanceof ConnectException) {
      for (Throwable each = why; each != null; each = each.getCause()) {
        if (each instanceof UnresolvedAddressException) {
          return "there is no such host";
        }
      }
      return why.getMessage() == null ? "nobody listens there" : why.getMessage();
    }
    return why.getMessage() == null ? why.toString() : why.getMessage();
  }

  /** One for each proxy: it keeps connections open, and has threads only while it is used. */
  private HttpClient client(Proxies.@Nullable Proxy proxy) {
    synchronized (clients) {
      return clients.computeIfAbsent(
          Optional.ofNullable(proxy), key -> newClient(key.orElse(null)));
    }
  }

  private HttpClient newClient(Proxies.@Nullable Proxy proxy) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .proxy(
                proxy == null
                    ? HttpClient.Builder.NO_PROXY
                    : ProxySelector.of(
                        InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
    if (tls != null) {
      client.sslContext(tls);
    }
    return client.build();
  }
}

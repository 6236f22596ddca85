package org.medicd.notify;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Alerts;

/**
 * Which proxy a connection goes through, by the environment variables that curl reads: https_proxy
 * and the like for one scheme, all_proxy for what has none of its own, no_proxy for what needs
 * none; each in small letters, else in capitals, but for HTTP_PROXY, which a CGI program could be
 * given from outside. Unlike curl's, connections to this host itself always go straight.
 * https://curl.se/docs/manpage.html#ENVIRONMENT
 */
public final class Proxies {
  /** How a proxy is spoken to. */
  public enum Kind {
    /** CONNECT, or a whole address in the request line (RFC 9110, RFC 9112). */
    HTTP,
    /** SOCKS 4 or 5 (RFC 1928). */
    SOCKS
  }

  /**
   * A proxy.
   *
   * @param host name or address, IPv6 without brackets
   * @param user who logs in; null: nobody
   * @param password null with user
   */
  public record Proxy(
      Kind kind, String host, int port, @Nullable String user, @Nullable String password) {
    /** Never tells who logs in, and how. */
    @Override
    public String toString() {
      return kind.name().toLowerCase(Locale.ROOT) + " proxy " + host + ":" + port;
    }
  }

  /** Scheme, login, host, port; curl does without all but the host, and passes over the rest. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:([A-Za-z][A-Za-z0-9+.-]*)://)?(?:([^/]*)@)?"
              + "(?:\\[([0-9A-Fa-f:.]{2,45})\\]|([A-Za-z0-9._-]{1,253}))"
              + "(?::([0-9]{1,5}))?(?:[/?#].*)?",
          Pattern.DOTALL);

  private static final int USUAL_PORT = 1080;
  private static final List<String> READ =
      List.of("http_proxy", "https_proxy", "smtp_proxy", "smtps_proxy", "all_proxy", "no_proxy");

  private final Map<String, String> environment;

  private Proxies(Map<String, String> environment) {
    this.environment = environment;
  }

  /** As this process was started. */
  public static Proxies ofEnvironment() {
    return new Proxies(System.getenv());
  }

  public static Proxies of(Map<String, String> environment) {
    return new Proxies(Map.copyOf(environment));
  }

  /**
   * The proxy for connections of that scheme to that host; null: there is none, go straight.
   *
   * @param scheme in small letters, as https or smtp
   * @param host name or address, IPv6 with or without brackets
   * @throws DeliveryException if the variable holds no proxy that can be used; names the variable
   *     and never what is in it: that may be a password
   */
  public @Nullable Proxy to(String scheme, String host) throws DeliveryException {
    String bare = host.startsWith("[") ? host.replaceAll("[\\[\\]]", "") : host;
    String variable = variable(scheme);
    if (variable == null
        || Alerts.isLoopback(bare.toLowerCase(Locale.ROOT))
        || NoProxy.covers(noProxy(), bare)) {
      return null;
    }
    return parse(variable, environment.getOrDefault(variable, ""));
  }

  /**
   * Those variables that are set, for programs that are to go the same ways. They may hold a
   * password.
   */
  public Map<String, String> variables() {
    Map<String, String> variables = new TreeMap<>();
    for (String each : READ) {
      String capitals = each.toUpperCase(Locale.ROOT);
      if (isSet(each)) {
        variables.put(each, environment.getOrDefault(each, ""));
      }
      if (!each.equals("http_proxy") && isSet(capitals)) {
        variables.put(capitals, environment.getOrDefault(capitals, ""));
      }
    }
    return variables;
  }

  /** That text, which may quote those variables, without the logins in them. */
  public String withoutLogins(String text) {
    String shown = text;
    for (String value : variables().values()) {
      int scheme = value.indexOf("://");
      String address = scheme < 0 ? value : value.substring(scheme + 3);
      String login = address.substring(0, address.lastIndexOf('@') + 1);
      shown = login.isEmpty() ? shown : shown.replace(login, "…@");
    }
    return shown;
  }

  private @Nullable String variable(String scheme) {
    String own = scheme + "_proxy";
    String capitals = own.toUpperCase(Locale.ROOT);
    if (isSet(own)) {
      return own;
    } else if (!scheme.equals("http") && isSet(capitals)) {
      return capitals;
    }
    return isSet("all_proxy") ? "all_proxy" : isSet("ALL_PROXY") ? "ALL_PROXY" : null;
  }

  private String noProxy() {
    return environment.getOrDefault(isSet("no_proxy") ? "no_proxy" : "NO_PROXY", "");
  }

  /** One that is empty is as good as none. */
  private boolean isSet(String variable) {
    return !environment.getOrDefault(variable, "").isEmpty();
  }

  private static Proxy parse(String variable, String value) throws DeliveryException {
    Matcher found = ADDRESS.matcher(value);
    if (!found.matches()) {
      throw new DeliveryException(variable + " holds no address of a proxy");
    }
    Kind kind = kind(variable, found.group(1));
    String host = found.group(3) != null ? found.group(3) : found.group(4);
    int port = found.group(5) == null ? USUAL_PORT : Integer.parseInt(found.group(5));
    if (port < 1 || port > 65_535) {
      throw new DeliveryException(variable + " holds no port of a proxy");
    }
    String login = found.group(2);
    if (login == null) {
      return new Proxy(kind, host, port, null, null);
    }
    String[] halves = login.split(":", 2);
    return new Proxy(
        kind,
        host,
        port,
        decoded(variable, halves[0]),
        halves.length == 1 ? "" : decoded(variable, halves[1]));
  }

  private static Kind kind(String variable, @Nullable String scheme) throws DeliveryException {
    return switch (scheme == null ? "http" : scheme.toLowerCase(Locale.ROOT)) {
      case "http" -> Kind.HTTP;
      case "socks", "socks4", "socks4a", "socks5", "socks5h" -> Kind.SOCKS;
      case "https" ->
          throw new DeliveryException(
              variable + " names a proxy that is spoken to over TLS: medicd cannot do that");
      default -> throw new DeliveryException(variable + " holds a scheme that no proxy has");
    };
  }

  /** With %40 and the like as what they stand for; a plus stands for itself. */
  private static String decoded(String variable, String text) throws DeliveryException {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // without its cause: that quotes it
      throw new DeliveryException(variable + " holds a login that is not written as in a URL");
    }
  }
}

package org.medicd.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Severity;

/**
 * Who is told.
 *
 * @param email null: nobody by e-mail
 * @param slack null: nobody by Slack
 * @param webhooks programs that are told over HTTP
 * @param commands programs of the admin's on this host
 * @param heartbeat null: nobody is told that medicd is well
 * @param templates folder of the admin's own texts; null: those that medicd brings
 * @param routes who is told of what: the first one that is for an incident counts; an incident
 *     without a route is told by all channels
 * @param quietHours when people are not disturbed
 * @param pace how they are told of much at once
 */
public record Alerts(
    @Nullable Email email,
    @Nullable Slack slack,
    List<Webhook> webhooks,
    List<Command> commands,
    @Nullable Heartbeat heartbeat,
    @Nullable Path templates,
    List<Route> routes,
    List<QuietHours> quietHours,
    Pace pace) {
  /** Tells nobody. */
  public static final Alerts NONE =
      new Alerts(null, null, List.of(), List.of(), null, null, List.of(), List.of(), Pace.DEFAULT);

  public Alerts {
    webhooks = List.copyOf(webhooks);
    commands = List.copyOf(commands);
    routes = List.copyOf(routes);
    quietHours = List.copyOf(quietHours);
  }

  /** Whether this names the host itself, by its looks alone: nothing is resolved. */
  public static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  /** How the connection to the mail server is protected. */
  public enum Tls {
    /** Not at all. */
    NONE,
    /** The server must offer STARTTLS (RFC 3207), or nothing is sent. */
    STARTTLS,
    /** TLS from the first byte (RFC 8314). */
    IMPLICIT
  }

  /**
   * A mail server.
   *
   * @param host name or address of the server
   * @param port 25, 465 or 587 as a rule
   * @param tls how the connection is protected
   * @param user who logs in; null: nobody does
   * @param passwordFile read whenever a mail is sent, see {@link Secrets}; null with user
   */
  public record MailServer(
      String host, int port, Tls tls, @Nullable String user, @Nullable Path passwordFile) {}

  /**
   * Who is written to.
   *
   * @param servers the first is used as long as it works, then the next; at least one
   * @param from the sender; null: medicd@ and the host's name
   * @param to receivers, at least one
   * @param atLeast what matters less is not sent
   */
  public record Email(
      List<MailServer> servers, @Nullable String from, List<String> to, Severity atLeast) {
    public Email {
      servers = List.copyOf(servers);
      to = List.copyOf(to);
    }
  }

  /**
   * A Slack workspace and the channel that is written to.
   *
   * @param tokenFile holds the bot token (xoxb-…), see {@link Secrets}
   * @param appTokenFile holds the app-level token (xapp-…) for buttons; null: no buttons
   * @param users ids of those who may press them, as U012AB3CD
   * @param channel as #ops, or its id
   * @param apiUrl where Slack's methods are, ending in a slash
   * @param atLeast what matters less is not sent
   */
  public record Slack(
      Path tokenFile,
      @Nullable Path appTokenFile,
      List<String> users,
      String channel,
      URI apiUrl,
      Severity atLeast) {
    public Slack {
      users = List.copyOf(users);
    }
  }

  /** What a webhook is sent. */
  public enum Format {
    /** A document of medicd's own, as examples/gateways/notice.json shows it. */
    JSON,
    /** PagerDuty's Events API v2. */
    PAGERDUTY,
    /** Prometheus Alertmanager's API v2. */
    ALERTMANAGER
  }

  /**
   * A program that is told over HTTP.
   *
   * @param name by which it is called in messages
   * @param url where to post; null: it is in a file
   * @param urlFile holds that, where whoever knows it may post, see {@link Secrets}; null: it is
   *     given
   * @param format what to post
   * @param secretFile holds the key that JSON is signed with, the integration key of PagerDuty
   *     (which must be there), or the bearer token for Alertmanager, see {@link Secrets}; null:
   *     none
   * @param atLeast what matters less is not sent
   */
  public record Webhook(
      String name,
      @Nullable URI url,
      @Nullable Path urlFile,
      Format format,
      @Nullable Path secretFile,
      Severity atLeast) {
    public Webhook {
      if ((url == null) == (urlFile == null)) {
        throw new IllegalArgumentException("either an address or a file of it");
      }
    }

    /**
     * Where to post, as it is now.
     *
     * @throws IOException if the file holds no address; never tells what is in it
     */
    public URI address() throws IOException {
      return url != null ? url : WebAddress.read(Objects.requireNonNull(urlFile));
    }
  }

  /**
   * A program of the admin's that is run for each message.
   *
   * @param name by which it is called in messages
   * @param program its name in the folder of {@link Exec}
   * @param arguments of it
   * @param atLeast what matters less is not told
   */
  public record Command(String name, String program, List<String> arguments, Severity atLeast) {
    public Command {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * A web address that is called while medicd is well: somebody else notices when it is not.
   *
   * @param urlFile holds the address: whoever knows it can pretend, see {@link Secrets}
   * @param every from one call to the next
   * @param patience medicd is well as long as no channel fails for longer
   */
  public record Heartbeat(Path urlFile, Duration every, Duration patience) {}
}

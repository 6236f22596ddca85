package org.medicd.notify.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Alerts;
import org.medicd.config.Secrets;
import org.medicd.notify.Channel;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Letter;
import org.medicd.plan.Severity;

/** Tells by e-mail, over SMTP. The password is read anew for every mail, so that it can change. */
public final class EmailChannel implements Channel {
  private final Alerts.Email settings;
  private final InstantSource clock;
  private final Duration timeout;

  public EmailChannel(Alerts.Email settings, InstantSource clock) {
    this(settings, clock, Duration.ofSeconds(10));
  }

  EmailChannel(Alerts.Email settings, InstantSource clock, Duration timeout) {
    this.settings = settings;
    this.clock = clock;
    this.timeout = timeout;
  }

  @Override
  public String name() {
    return "email";
  }

  @Override
  public Severity atLeast() {
    return settings.atLeast();
  }

  @Override
  public String deliver(Letter letter) throws DeliveryException {
    Alerts.MailServer server = settings.servers().get(0);
    try {
      String password = server.passwordFile() == null ? null : Secrets.read(server.passwordFile());
      String host = Mail.domainOf(letter.first().host());
      Session session = Session.getInstance(properties(server, host));
      String from = settings.from() != null ? settings.from() : "medicd@" + host;
      MimeMessage mail = Mail.of(letter, session, from, settings.to(), clock.instant());
      send(server, session, mail, password);
      return mail.getMessageID();
    } catch (MessagingException e) {
      throw new DeliveryException(
          "mail server " + server.host() + ":" + server.port() + ": " + reasonOf(e), e);
    } catch (IOException e) {
      throw new DeliveryException("password of the mail server: " + e.getMessage(), e);
    }
  }

  private static void send(
      Alerts.MailServer server, Session session, MimeMessage mail, @Nullable String password)
      throws MessagingException {
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect(server.host(), server.port(), server.user(), password);
      transport.sendMessage(mail, mail.getAllRecipients());
    }
  }

  /**
   * Of Angus Mail (org.eclipse.angus.mail.smtp). A certificate is checked unless the server is on
   * this host: there it is rarely more than a self-signed one, and nobody stands in between.
   */
  private Properties properties(Alerts.MailServer server, String host) {
    String millis = Long.toString(TimeUnit.MILLISECONDS.convert(timeout));
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.writetimeout", millis);
    properties.setProperty("mail.smtp.localhost", host);
    properties.setProperty("mail.smtp.auth", Boolean.toString(server.user() != null));
    properties.setProperty("mail.smtp.quitwait", "false");
    switch (server.tls()) {
      case NONE -> properties.setProperty("mail.smtp.starttls.enable", "false");
      case STARTTLS -> {
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
      }
      case IMPLICIT -> properties.setProperty("mail.smtp.ssl.enable", "true");
    }
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    if (Alerts.isLoopback(server.host())) {
      properties.setProperty("mail.smtp.ssl.trust", server.host());
      properties.setProperty("mail.smtp.ssl.checkserveridentity", "false");
    }
    return properties;
  }

  private static String reasonOf(MessagingException e) {
    Throwable cause = e.getCause();
    String why = String.valueOf(e.getMessage()).strip();
    return cause == null || cause.getMessage() == null || why.contains(cause.getMessage())
        ? why
        : why + ": " + cause.getMessage();
  }
}

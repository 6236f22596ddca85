package org.medicd.notify.mail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.NoSuchProviderException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Alerts;
import org.medicd.config.Alerts.MailServer;
import org.medicd.config.Secrets;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Proxies;
import org.medicd.notify.mail.Attempt.Refusal;

/**
 * Hands mails to servers (RFC 5321) and tells what each made of them. The password is read anew for
 * every mail, so that it can change.
 */
final class Smtp {
  private static final int GOING_AWAY = 421;

  private final Duration connectTimeout;
  private final Duration answerTimeout;

  /**
   * @param connectTimeout until there is a connection
   * @param answerTimeout until the server answers each command
   */
  Smtp(Duration connectTimeout, Duration answerTimeout) {
    this.connectTimeout = connectTimeout;
    this.answerTimeout = answerTimeout;
  }

  /**
   * Asks one server to take a mail.
   *
   * @param host name of this host
   * @param to whom it is for, of those whom it is addressed to
   */
  Attempt send(MailServer server, Mail mail, String host, Collection<InternetAddress> to) {
    SMTPTransport transport;
    try {
      transport = connect(server, host);
    } catch (MessagingException e) {
      return Attempt.failed(reasonOf(e), e);
    } catch (DeliveryException e) {
      return Attempt.failed(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      return Attempt.failed("its password: " + e.getMessage(), e);
    }
    try {
      transport.sendMessage(mail, to.toArray(Address[]::new));
      return Attempt.accepted(to);
    } catch (SMTPSendFailedException e) {
      return answered(e, to);
    } catch (SendFailedException e) {
      return refusedAll(e);
    } catch (MessagingException e) {
      // An answer may have come before the connection broke.
      boolean answered = transport.getLastReturnCode() >= 400;
      return mail.isWritten() && !answered
          ? Attempt.inDoubt(reasonOf(e), e)
          : Attempt.failed(reasonOf(e), e);
    } finally {
      leave(transport);
    }
  }

  private SMTPTransport connect(MailServer server, String host)
      throws MessagingException, IOException {
    String password = server.passwordFile() == null ? null : Secrets.read(server.passwordFile());
    Properties properties = properties(server, host);
    MailProxy.add(properties, server, Proxies.ofEnvironment());
    Transport transport = Session.getInstance(properties).getTransport("smtp");
    if (transport instanceof SMTPTransport smtp) {
      smtp.connect(server.host(), server.port(), server.user(), password);
      return smtp;
    }
    throw new NoSuchProviderException("not Angus Mail: " + transport.getClass());
  }

  /** What becomes of the goodbye changes nothing: what was taken is taken. */
  private static void leave(SMTPTransport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      // gone already
    }
  }

  /** The server answered, and not what was hoped for, or not for all. */
  private static Attempt answered(SMTPSendFailedException e, Collection<InternetAddress> to) {
    List<InternetAddress> accepted = addresses(e.getValidSentAddresses());
    if (!accepted.isEmpty()) {
      return new Attempt(accepted, refusals(e, true), null);
    }
    boolean afterAll = e.getCommand().equals(".");
    int code = e.getReturnCode();
    String answer = answerOf(e);
    if (code < 400) { // -1: it went away
      return afterAll ? Attempt.inDoubt(answer, e) : Attempt.failed(answer, e);
    } else if (code == GOING_AWAY || e.getCommand().startsWith("MAIL")) {
      return Attempt.failed(answer, e);
    }
    return Attempt.refused(to, isAboutTheMail(code), answer);
  }

  private static Attempt refusedAll(SendFailedException e) {
    if (e instanceof SMTPAddressFailedException away) {
      return Attempt.failed(answerOf(away), e); // in the middle, with no answer that makes sense
    }
    List<Refusal> refusals = refusals(e, false);
    if (refusals.isEmpty()) {
      return Attempt.failed(reasonOf(e), e);
    }
    return refusals.stream()
        .map(Refusal::answer)
        .filter(each -> each.startsWith("" + GOING_AWAY))
        .findFirst()
        .map(each -> Attempt.failed(each, e))
        .orElseGet(() -> new Attempt(List.of(), refusals, null));
  }

  /**
   * The receivers that were refused.
   *
   * @param others the server took it for others: only then a refusal is surely about the receiver,
   *     and not about who asks
   */
  private static List<Refusal> refusals(MessagingException first, boolean others) {
    List<Refusal> refusals = new ArrayList<>();
    Exception next = first;
    while (next instanceof MessagingException each) {
      if (each instanceof SMTPAddressFailedException refused) {
        boolean forGood = others && isAboutTheReceiver(refused.getReturnCode());
        refusals.add(new Refusal(refused.getAddress(), forGood, answerOf(refused)));
      }
      next = each.getNextException();
    }
    return refusals;
  }

  /** 552 means too many receivers for one mail, and nothing else here (RFC 5321, 4.5.3.1.10). */
  private static boolean isAboutTheReceiver(int code) {
    return code >= 500 && code != 552;
  }

  /** Its size or what is in it; not a command that the server does not know, and no login. */
  private static boolean isAboutTheMail(int code) {
    return code >= 540;
  }

  private static List<InternetAddress> addresses(Address @Nullable [] addresses) {
    List<InternetAddress> found = new ArrayList<>();
    for (Address each : addresses == null ? new Address[0] : addresses) {
      if (each instanceof InternetAddress address) {
        found.add(address);
      }
    }
    return found;
  }

  private static String answerOf(MessagingException e) {
    return String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /** With what is behind it, as far as that says more. */
  private static String reasonOf(MessagingException e) {
    String why = answerOf(e);
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      String more = String.valueOf(cause.getMessage()).strip();
      if (!why.contains(more)) {
        why = why.isEmpty() ? more : why + ": " + more;
      }
    }
    return why;
  }

  /**
   * Of Angus Mail (org.eclipse.angus.mail.smtp). A certificate is checked unless the server is on
   * this host: there it is rarely more than a self-signed one, and nobody stands in between.
   */
  private Properties properties(MailServer server, String host) {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.connectiontimeout", millis(connectTimeout));
    properties.setProperty("mail.smtp.timeout", millis(answerTimeout));
    properties.setProperty("mail.smtp.writetimeout", millis(answerTimeout));
    properties.setProperty("mail.smtp.localhost", host);
    properties.setProperty("mail.smtp.auth", Boolean.toString(server.user() != null));
    properties.setProperty("mail.smtp.quitwait", "false");
    properties.setProperty("mail.smtp.sendpartial", "true");
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

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }
}

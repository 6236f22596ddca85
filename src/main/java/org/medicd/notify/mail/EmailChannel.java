package org.medicd.notify.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Alerts;
import org.medicd.config.Alerts.MailServer;
import org.medicd.notify.Channel;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Escaped;
import org.medicd.notify.Letter;
import org.medicd.notify.Wording;
import org.medicd.plan.Severity;

/**
 * Tells by e-mail, over SMTP, by the first server that takes it. Who has a letter is not sent it
 * again when others are: that is known for the letter at hand, and forgotten when the daemon ends.
 * A mail whose arrival is in doubt is sent again with the same Message-ID.
 */
public final class EmailChannel implements Channel {
  private static final System.Logger LOG = System.getLogger(EmailChannel.class.getName());
  private static final int LONGEST_ANSWER = 300;

  /** Servers let spammers wait; RFC 5321, 4.5.3.2 would have a client wait for minutes. */
  private static final Duration TO_CONNECT = Duration.ofSeconds(10);

  private static final Duration TO_ANSWER = Duration.ofSeconds(60);

  /**
   * So long the next letters wait for a receiver who is refused for now while others are not, as
   * greylisting takes 5 minutes, and for a letter that no server wants, as the admin may mend that.
   * Where nobody can be written to at all they would not get through either.
   */
  private static final long PATIENCE = Duration.ofMinutes(15).toNanos();

  private final Alerts.Email settings;
  private final Supplier<Wording> wording;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Smtp smtp;
  private final Servers servers;
  private @Nullable Progress progress;

  /** Who did not get a letter in time: the next ones do not wait for them. */
  private final Set<InternetAddress> stragglers = new HashSet<>();

  /**
   * @param wording as it holds now
   */
  public EmailChannel(Alerts.Email settings, Supplier<Wording> wording, InstantSource clock) {
    this(settings, wording, clock, System::nanoTime, new Smtp(TO_CONNECT, TO_ANSWER));
  }

  EmailChannel(
      Alerts.Email settings,
      Supplier<Wording> wording,
      InstantSource clock,
      LongSupplier nanoTime,
      Smtp smtp) {
    this.settings = settings;
    this.wording = wording;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.smtp = smtp;
    this.servers = new Servers(settings.servers(), nanoTime);
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
    try {
      Mail mail = mail(letter);
      Progress known = progressOf(letter);
      Round round = send(mail, Mail.domainOf(letter.first().host()), known);
      finish(known, round);
      progress = null;
      return mail.getMessageID();
    } catch (MessagingException e) {
      throw new DeliveryException("the mail cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public String shown(Letter letter) {
    Wording words = wording.get();
    String html = words.html(letter);
    return "To: %s\nSubject: %s\n\n%s\n%s"
        .formatted(
            String.join(", ", settings.to()),
            words.subject(letter),
            words.text(letter),
            html == null ? "" : html);
  }

  private Mail mail(Letter letter) throws MessagingException {
    String host = Mail.domainOf(letter.first().host());
    String from = settings.from() != null ? settings.from() : "medicd@" + host;
    return Mail.of(letter, wording.get(), from, receivers(), clock.instant());
  }

  private Set<InternetAddress> receivers() throws AddressException {
    Set<InternetAddress> receivers = new LinkedHashSet<>();
    for (String each : settings.to()) {
      receivers.add(new InternetAddress(each));
    }
    return receivers;
  }

  private Progress progressOf(Letter letter) throws AddressException {
    Progress known = progress;
    if (known == null || !known.letter().equals(letter.key())) {
      known = new Progress(letter.key(), receivers());
      progress = known;
    }
    return known;
  }

  /** Asks one server after the other, for those who do not have it yet. */
  private Round send(Mail mail, String host, Progress known) {
    Round round = new Round();
    for (MailServer server : servers.inOrder()) {
      Attempt attempt = smtp.send(server, mail, host, known.left());
      round.add(server, attempt);
      known.accepted(attempt.accepted(), nanoTime.getAsLong());
      stragglers.removeAll(attempt.accepted());
      if (attempt.trouble() != null) {
        servers.failed(server);
      } else {
        servers.worked(server);
      }
      if (known.left().isEmpty() || round.isInDoubt()) {
        break; // in doubt a second server would make a second mail likely
      }
    }
    return round;
  }

  /** Returns if nobody is left to be sent it. */
  private void finish(Progress known, Round round) throws DeliveryException {
    long now = nanoTime.getAsLong();
    round
        .dropped()
        .forEach(
            (receiver, answer) -> {
              known.drop(receiver);
              leftOut(receiver, answer);
            });
    Long since = known.acceptedNanos();
    if (since != null && (known.left().isEmpty() || isLate(known, now - since))) {
      for (InternetAddress receiver : known.left()) {
        leftOut(receiver, round.words());
        stragglers.add(receiver);
      }
      return;
    }
    boolean unwanted = since == null && round.unwantedBy() == settings.servers().size();
    throw unwanted && now - known.unwanted(now) >= PATIENCE
        ? DeliveryException.forGood(round.words(), round.cause())
        : new DeliveryException(round.words(), round.cause());
  }

  private boolean isLate(Progress known, long sinceNanos) {
    return sinceNanos >= PATIENCE || stragglers.containsAll(known.left());
  }

  private static void leftOut(InternetAddress receiver, String why) {
    LOG.log(
        Level.WARNING,
        "email: {0} is not sent this letter: {1}",
        Escaped.line(receiver.getAddress(), LONGEST_ANSWER),
        Escaped.line(why, LONGEST_ANSWER));
  }
}

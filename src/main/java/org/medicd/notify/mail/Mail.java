package org.medicd.notify.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medicd.notify.Letter;
import org.medicd.notify.LetterText;
import org.medicd.notify.Wording;
import org.medicd.plan.Incident;
import org.medicd.plan.Notice;

/** A letter as a mail. Those of one incident are one thread; a mail sent twice has the same id. */
final class Mail extends MimeMessage {
  private static final String UTF_8 = "UTF-8";
  private static final int MOST_INCIDENTS = 20;

  private final String id;
  private boolean written;

  private Mail(Session session, String id) {
    super(session);
    this.id = id;
  }

  static Mail of(
      Letter letter, Wording wording, String from, Collection<InternetAddress> to, Instant at)
      throws MessagingException {
    Mail mail = new Mail(Session.getInstance(new Properties()), idOf(letter));
    mail.setFrom(sender(from));
    mail.setRecipients(Message.RecipientType.TO, to.toArray(InternetAddress[]::new));
    mail.setSubject(wording.subject(letter), UTF_8);
    mail.setSentDate(Date.from(at));
    mail.addHeaders(letter);
    mail.addWords(wording.text(letter), wording.html(letter));
    mail.saveChanges();
    return mail;
  }

  /** On a telephone the name is what people see of the sender. */
  private static InternetAddress sender(String from) throws MessagingException {
    InternetAddress sender = new InternetAddress(from);
    try {
      sender.setPersonal("medicd", UTF_8);
    } catch (UnsupportedEncodingException e) {
      throw new MessagingException("every JVM has UTF-8", e);
    }
    return sender;
  }

  private void addHeaders(Letter letter) throws MessagingException {
    setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no out-of-office replies
    setHeader("List-Id", "medicd <" + listOf(letter.first().host()) + ">"); // RFC 2919
    if (LetterText.isAlarm(letter)) {
      setHeader("Importance", "high"); // RFC 4021
      setHeader("X-Priority", "1");
    }
    Incident first = letter.first().incident();
    setForFilters("X-Medicd-Diagnosis", first.diagnosis());
    setForFilters("X-Medicd-Severity", LetterText.severityOf(letter));
    String ids =
        letter.notices().stream()
            .limit(MOST_INCIDENTS)
            .map(Notice::incident)
            .map(Incident::id)
            .collect(Collectors.joining(" "));
    setForFilters("X-Medicd-Incident", ids);
    String thread = letter.thread();
    if (thread != null) {
      setHeader("In-Reply-To", thread);
      setHeader("References", thread);
    }
  }

  /** What no header can hold is replaced. */
  private void setForFilters(String name, String value) throws MessagingException {
    setHeader(name, MimeUtility.fold(name.length() + 2, value.replaceAll("[^ -~]", "?")));
  }

  /** The plain text first: who can show HTML shows the last (RFC 2046, 5.1.4). */
  private void addWords(String text, @Nullable String html) throws MessagingException {
    if (html == null) {
      setText(text, UTF_8);
      return;
    }
    MimeBodyPart plain = new MimeBodyPart();
    plain.setText(text, UTF_8);
    MimeBodyPart page = new MimeBodyPart();
    page.setText(html, UTF_8, "html");
    setContent(new MimeMultipart("alternative", plain, page));
  }

  /** A host's name as it may stand in an address; anything else becomes a hyphen. */
  static String domainOf(String host) {
    String domain = host.replaceAll("[^A-Za-z0-9.-]", "-");
    return domain.isEmpty() ? "localhost" : domain;
  }

  /** localhost is for lists that have no domain of their own (RFC 2919, 3). */
  private static String listOf(String host) {
    String domain = domainOf(host);
    return "medicd." + (domain.contains(".") ? domain : domain + ".localhost");
  }

  /** Whether it has been written to its end. */
  boolean isWritten() {
    return written;
  }

  @Override
  public void writeTo(OutputStream out, String @Nullable [] without)
      throws IOException, MessagingException {
    written = false;
    super.writeTo(out, without);
    written = true;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }

  private static String idOf(Letter letter) {
    String key = letter.key().replaceAll("[^A-Za-z0-9.-]", "-");
    return "<" + key + "@" + domainOf(letter.first().host()) + ">";
  }
}

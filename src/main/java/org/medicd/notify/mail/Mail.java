package org.medicd.notify.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.medicd.notify.Letter;
import org.medicd.notify.LetterText;

/** A letter as a mail. Those of one incident are one thread; a mail sent twice has the same id. */
final class Mail extends MimeMessage {
  private final String id;

  private Mail(Session session, String id) {
    super(session);
    this.id = id;
  }

  static MimeMessage of(Letter letter, Session session, String from, List<String> to, Instant at)
      throws MessagingException {
    Mail mail = new Mail(session, idOf(letter));
    mail.setFrom(new InternetAddress(from));
    for (String receiver : to) {
      mail.addRecipient(Message.RecipientType.TO, new InternetAddress(receiver));
    }
    mail.setSubject(LetterText.subject(letter), "UTF-8");
    mail.setSentDate(Date.from(at));
    mail.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no out-of-office replies
    String thread = letter.thread();
    if (thread != null) {
      mail.setHeader("In-Reply-To", thread);
      mail.setHeader("References", thread);
    }
    mail.setText(LetterText.text(letter), "UTF-8");
    mail.saveChanges();
    return mail;
  }

  /** A host's name as it may stand in an address; anything else becomes a hyphen. */
  static String domainOf(String host) {
    String domain = host.replaceAll("[^A-Za-z0-9.-]", "-");
    return domain.isEmpty() ? "localhost" : domain;
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

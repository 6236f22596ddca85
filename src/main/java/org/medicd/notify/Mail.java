package org.medicd.notify;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;

/** A notice as a mail. Those of one incident are one thread; a mail sent twice has the same id. */
final class Mail extends MimeMessage {
  private final String id;

  private Mail(Session session, String id) {
    super(session);
    this.id = id;
  }

  static MimeMessage of(Notice notice, Session session, String from, List<String> to, Instant at)
      throws MessagingException {
    String thread = idOf(notice, Notice.Kind.OPENED);
    Mail mail = new Mail(session, idOf(notice, notice.kind()));
    mail.setFrom(new InternetAddress(from));
    for (String receiver : to) {
      mail.addRecipient(Message.RecipientType.TO, new InternetAddress(receiver));
    }
    mail.setSubject(notice.subject(), "UTF-8");
    mail.setSentDate(Date.from(at));
    mail.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no out-of-office replies
    if (notice.kind() != Notice.Kind.OPENED) {
      mail.setHeader("In-Reply-To", thread);
      mail.setHeader("References", thread);
    }
    mail.setText(notice.text(), "UTF-8");
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

  private static String idOf(Notice notice, Notice.Kind kind) {
    String incident = notice.incident().id().replaceAll("[^A-Za-z0-9-]", "-");
    String what = kind.name().toLowerCase(Locale.ROOT);
    String nth = kind == Notice.Kind.OPENED ? "" : "." + notice.incident().steps().size();
    return "<" + incident + "." + what + nth + "@" + domainOf(notice.host()) + ">";
  }
}

package org.medicd.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.config.Alerts;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.LetterText;
import org.medicd.notify.Notices;
import org.medicd.notify.Wording;
import org.medicd.notify.mail.FakeMailServer.Manner;
import org.medicd.plan.Severity;

class EmailChannelTest {
  @TempDir Path folder;

  private EmailChannel channel(int port, Alerts.Tls tls, @Nullable Path passwordFile) {
    Alerts.Email settings =
        new Alerts.Email(
            List.of(
                new Alerts.MailServer(
                    "127.0.0.1", port, tls, passwordFile == null ? null : "medicd", passwordFile)),
            null,
            List.of("ops@example.org", "root"),
            Severity.WARNING);
    InstantSource clock = InstantSource.fixed(Notices.OPENED_AT);
    Smtp smtp = new Smtp(Duration.ofSeconds(5), Duration.ofSeconds(5));
    return new EmailChannel(settings, () -> Wording.OWN, clock, System::nanoTime, smtp);
  }

  private static MimeMessage parsed(FakeMailServer.Received mail) throws MessagingException {
    byte[] data = mail.data().getBytes(StandardCharsets.UTF_8);
    return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(data));
  }

  /** As a mail program has it: the last that it can show. */
  private static String part(FakeMailServer.Received mail, int nth)
      throws IOException, MessagingException {
    MimeMultipart parts = (MimeMultipart) parsed(mail).getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat(parts.getCount()).isEqualTo(2);
    return parts.getBodyPart(nth).getContent().toString().replace("\r\n", "\n");
  }

  @Test
  void sendsAMailToEveryReceiver() throws Exception {
    try (FakeMailServer server = new FakeMailServer(Manner.PLAIN)) {
      channel(server.port(), Alerts.Tls.NONE, null).deliver(Notices.letter(Notices.opened()));
      FakeMailServer.Received mail = server.received.get(0);
      assertThat(mail.receivers()).containsExactly("ops@example.org", "root");
      assertThat(mail.header("From")).isEqualTo("medicd <medicd@web-1>");
      assertThat(mail.header("To")).isEqualTo("ops@example.org, root");
      assertThat(mail.header("Message-ID")).isEqualTo("<20261123-100000-1.0@web-1>");
      assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
      assertThat(parsed(mail).getSentDate()).isEqualTo(Notices.OPENED_AT);
      assertThat(parsed(mail).getSubject())
          .isEqualTo(LetterText.subject(Notices.letter(Notices.opened())));
      assertThat(part(mail, 0)).isEqualTo(LetterText.text(Notices.letter(Notices.opened())));
      assertThat(part(mail, 1)).isEqualTo(Wording.OWN.html(Notices.letter(Notices.opened())));
    }
  }

  @Test
  void keepsTheMailsOfOneIncidentInOneThread() throws Exception {
    try (FakeMailServer server = new FakeMailServer(Manner.PLAIN)) {
      EmailChannel channel = channel(server.port(), Alerts.Tls.NONE, null);
      String thread = channel.deliver(Notices.letter(Notices.opened()));
      channel.deliver(Notices.letterIn(thread, Notices.exhausted()));
      FakeMailServer.Received first = server.received.get(0);
      FakeMailServer.Received second = server.received.get(1);
      assertThat(first.header("Message-ID")).isEqualTo(thread);
      assertThat(first.headerNames()).doesNotContain("In-Reply-To", "References");
      assertThat(second.header("Message-ID")).isEqualTo("<20261123-100000-1.3@web-1>");
      assertThat(second.header("In-Reply-To")).isEqualTo(thread);
      assertThat(second.header("References")).isEqualTo(thread);
    }
  }

  @Test
  void givesAProcessNoWayToAddAHeaderOrAReceiver() throws Exception {
    try (FakeMailServer server = new FakeMailServer(Manner.PLAIN)) {
      EmailChannel channel = channel(server.port(), Alerts.Tls.NONE, null);
      channel.deliver(Notices.letter(Notices.opened()));
      channel.deliver(
          Notices.letter(Notices.opened("x\r\nBcc: e@x.org\r\n\r\n.\r\nRCPT TO:<e@x.org>")));
      FakeMailServer.Received harmless = server.received.get(0);
      FakeMailServer.Received hostile = server.received.get(1);
      assertThat(hostile.headerNames()).containsExactlyElementsOf(harmless.headerNames());
      assertThat(hostile.receivers()).isEqualTo(harmless.receivers());
      assertThat(parsed(hostile).getSubject()).contains("x\\r\\nBcc: e@x.org");
      assertThat(server.received).hasSize(2);
    }
  }

  @Test
  void encryptsWithStarttlsAndLogsInWithThePasswordOfTheMoment() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "old\n");
    try (FakeMailServer server = new FakeMailServer(Manner.OFFERS_STARTTLS)) {
      EmailChannel channel = channel(server.port(), Alerts.Tls.STARTTLS, password);
      Files.writeString(password, "n€w\n");
      channel.deliver(Notices.letter(Notices.opened()));
      assertThat(server.received.get(0).encrypted()).isTrue();
      assertThat(server.received.get(0).login()).isEqualTo("medicd:medicd:n€w");
    }
  }

  @Test
  void encryptsFromTheFirstByteIfAskedTo() throws Exception {
    try (FakeMailServer server = new FakeMailServer(Manner.IMPLICIT_TLS)) {
      channel(server.port(), Alerts.Tls.IMPLICIT, null).deliver(Notices.letter(Notices.opened()));
      assertThat(server.received.get(0).encrypted()).isTrue();
    }
  }

  @Test
  void sendsNothingWhereEncryptionIsAskedForAndNotOffered() throws Exception {
    try (FakeMailServer server = new FakeMailServer(Manner.PLAIN)) {
      EmailChannel channel = channel(server.port(), Alerts.Tls.STARTTLS, null);
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> channel.deliver(Notices.letter(Notices.opened())))
          .withMessageContaining("STARTTLS");
      assertThat(server.received).isEmpty();
    }
  }

  @Test
  void givesUpOnAServerThatNeverAnswers() throws Exception {
    try (FakeMailServer server = new FakeMailServer(Manner.NEVER_ANSWERS)) {
      EmailChannel channel = channel(server.port(), Alerts.Tls.NONE, null);
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> channel.deliver(Notices.letter(Notices.opened())))
          .withMessageStartingWith("mail server 127.0.0.1:" + server.port());
    }
  }

  @Test
  void tellsWhatTheServerSaidToARefusedReceiver() throws Exception {
    try (FakeMailServer server = new FakeMailServer(Manner.REFUSES_RECEIVERS)) {
      EmailChannel channel = channel(server.port(), Alerts.Tls.NONE, null);
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> channel.deliver(Notices.letter(Notices.opened())))
          .withMessageContaining("550 5.1.1 nobody here");
    }
  }

  @Test
  void tellsThatNobodyListens() throws IOException {
    int port;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }
    EmailChannel channel = channel(port, Alerts.Tls.NONE, null);
    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> channel.deliver(Notices.letter(Notices.opened())))
        .withMessageContaining("Connection refused");
  }

  @Test
  void tellsThatThePasswordIsMissing() throws IOException {
    Path gone = folder.resolve("gone");
    EmailChannel channel = channel(1, Alerts.Tls.NONE, gone);
    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> channel.deliver(Notices.letter(Notices.opened())))
        .withMessage("mail server 127.0.0.1:1: its password: " + gone + " does not exist");
  }
}

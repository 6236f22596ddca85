package org.medicd.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medicd.config.Alerts;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.FakeProxy;
import org.medicd.notify.Notices;
import org.medicd.notify.Proxies;
import org.medicd.notify.Wording;
import org.medicd.notify.mail.FakeMailServer.Manner;

@Timeout(30)
class MailProxyTest {
  private static final Alerts.MailServer SERVER =
      new Alerts.MailServer("mail.example", 25, Alerts.Tls.NONE, null, null);

  private static Properties properties(Alerts.MailServer server, String... environment)
      throws DeliveryException {
    Properties properties = new Properties();
    MailProxy.add(properties, server, Proxies.of(Map.of(environment[0], environment[1])));
    return properties;
  }

  @Test
  void mailsGoThroughAProxyThatKnowsTheServer() throws Exception {
    try (FakeMailServer server = new FakeMailServer(Manner.PLAIN);
        FakeProxy proxy = new FakeProxy(server.port())) {
      Session session =
          Session.getInstance(properties(SERVER, "all_proxy", "http://" + proxy.address()));
      MimeMessage mail =
          Mail.of(
              Notices.letter(Notices.opened()),
              Wording.OWN,
              "medicd@web-1",
              List.of(new InternetAddress("ops@example.org")),
              Instant.EPOCH);
      try (Transport transport = session.getTransport("smtp")) {
        transport.connect(SERVER.host(), SERVER.port(), null, null);
        transport.sendMessage(mail, mail.getAllRecipients());
      }
      assertThat(proxy.asked.get(0)).startsWith("CONNECT mail.example:25 ");
      assertThat(server.received).hasSize(1);
    }
  }

  @Test
  void theProxiesOfTheWebAreNotForMails() throws Exception {
    assertThat(properties(SERVER, "https_proxy", "proxy.lan:3128")).isEmpty();
    assertThat(properties(SERVER, "smtp_proxy", "joe:a@proxy.lan:3128"))
        .containsEntry("mail.smtp.proxy.host", "proxy.lan")
        .containsEntry("mail.smtp.proxy.port", "3128")
        .containsEntry("mail.smtp.proxy.user", "joe")
        .containsEntry("mail.smtp.proxy.password", "a");
    Alerts.MailServer implicit =
        new Alerts.MailServer("mail.example", 465, Alerts.Tls.IMPLICIT, null, null);
    assertThat(properties(implicit, "smtps_proxy", "socks5://proxy.lan"))
        .containsEntry("mail.smtp.socks.host", "proxy.lan")
        .containsEntry("mail.smtp.socks.port", "1080");
  }

  @Test
  void tellsThatALoginToSocksIsNotThere() {
    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> properties(SERVER, "all_proxy", "socks5://joe:hidden@proxy.lan"))
        .withMessage("socks proxy proxy.lan:1080: mail cannot log in to one that speaks SOCKS");
  }
}

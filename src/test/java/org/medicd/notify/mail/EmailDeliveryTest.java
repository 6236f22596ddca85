package org.medicd.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.config.Alerts;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Letter;
import org.medicd.notify.Notices;
import org.medicd.plan.Severity;

/** Who gets a mail, and how often, whatever the servers answer: these are none of ours. */
@Tag("once")
@Timeout(60)
class EmailDeliveryTest {
  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final String GREYLISTED = "450 4.2.0 greylisted, come back later";
  private static final String UNKNOWN = "550 5.1.1 no such user here";

  @TempDir Path folder;
  private Smtpd first;
  private Smtpd second;
  private long nanos;

  @BeforeEach
  void start() throws IOException {
    first = Smtpd.start(folder.resolve("first"));
    second = Smtpd.start(folder.resolve("second"));
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  private EmailChannel channel(Alerts.MailServer... servers) {
    return Smtpd.channel(() -> nanos, PATIENT, servers);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private static Letter letter(int number) {
    return Notices.letter(Notices.nth(number, "disk-full", Severity.WARNING));
  }

  private static DeliveryException failure(EmailChannel channel, Letter letter) {
    return catchThrowableOfType(DeliveryException.class, () -> channel.deliver(letter));
  }

  @Test
  void logsInOverAnEncryptedConnection() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "wrong\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    EmailChannel channel =
        channel(
            new Alerts.MailServer(
                "127.0.0.1", first.port(), Alerts.Tls.STARTTLS, "medicd", password));
    first.obey(Map.of("user", "medicd", "password", "s3cret"));
    DeliveryException refused = failure(channel, letter(1));
    assertThat(refused).hasMessageContaining("535").hasMessageNotContainingAny("wrong", "s3cret");
    assertThat(refused.isForGood()).isFalse();
    Files.writeString(password, "s3cret\n");
    channel.deliver(letter(1));
    assertThat(first.taken()).hasSize(1);
    assertThat(first.taken().get(0).encrypted()).isTrue();
    assertThat(first.taken().get(0).authenticated()).isTrue();
  }

  @Test
  void theNextServerTakesWhatTheFirstDoesNot() throws Exception {
    EmailChannel channel = channel(first.server(), second.server());
    channel.deliver(letter(1));
    first.stop();
    channel.deliver(letter(2));
    first.restart();
    channel.deliver(letter(3)); // the first one is left alone for a while
    pass(Duration.ofMinutes(5));
    channel.deliver(letter(4));
    assertThat(first.taken()).extracting(Smtpd.Taken::id).containsExactly(id(1), id(4));
    assertThat(second.taken()).extracting(Smtpd.Taken::id).containsExactly(id(2), id(3));
  }

  @Test
  void whatEachServerSaidIsTold() throws Exception {
    EmailChannel channel = channel(first.server(), second.server());
    first.obey(Map.of("greet", "421 4.3.2 shutting down"));
    second.obey(Map.of("mail", "452 4.3.1 no space left"));
    assertThat(failure(channel, letter(1)))
        .hasMessageContaining("mail server 127.0.0.1:" + first.port() + ": ")
        .hasMessageContaining("421 4.3.2 shutting down")
        .hasMessageContaining("; mail server 127.0.0.1:" + second.port() + ": 452 4.3.1 no space");
  }

  @Test
  void aServerThatHangsCostsItsTimeoutOnce() throws Exception {
    EmailChannel channel =
        Smtpd.channel(() -> nanos, Duration.ofMillis(1500), first.server(), second.server());
    first.obey(Map.of("hang", "greet"));
    channel.deliver(letter(1));
    first.obey(Map.of()); // it would answer now, and is not asked
    channel.deliver(letter(2));
    channel.deliver(letter(3));
    assertThat(first.taken()).isEmpty();
    assertThat(second.taken()).hasSize(3);
  }

  /** By the same id the receiver can tell; a second server would not know it. */
  @Test
  void whatMayHaveBeenTakenIsNotGivenToTheNextServerAtOnce() throws Exception {
    EmailChannel channel = channel(first.server(), second.server());
    first.obey(Map.of("lose", true));
    assertThat(failure(channel, letter(1))).hasMessageContaining("it may have been taken");
    assertThat(second.taken()).isEmpty();
    first.obey(Map.of());
    pass(Duration.ofMinutes(5));
    channel.deliver(letter(1));
    assertThat(first.taken()).extracting(Smtpd.Taken::id).containsExactly(id(1), id(1));
  }

  @Test
  void whoHasItIsNotSentItAgain() throws Exception {
    EmailChannel channel = channel(first.server());
    first.obey(Map.of("rcpt", Map.of("root@example.org", GREYLISTED)));
    assertThat(failure(channel, letter(1)))
        .hasMessageContaining("root@example.org: " + GREYLISTED)
        .hasMessageNotContaining("ops@");
    first.obey(Map.of());
    channel.deliver(letter(1));
    assertThat(first.taken())
        .extracting(Smtpd.Taken::to)
        .containsExactly(List.of("ops@example.org"), List.of("root@example.org"));
    assertThat(first.taken().get(1).header("To")).isEqualTo("ops@example.org, root@example.org");
  }

  @Test
  void theNextServerIsAskedForThoseOnly() throws Exception {
    EmailChannel channel = channel(first.server(), second.server());
    first.obey(Map.of("rcpt", Map.of("root@example.org", GREYLISTED)));
    channel.deliver(letter(1));
    assertThat(first.taken())
        .extracting(Smtpd.Taken::to)
        .containsExactly(List.of("ops@example.org"));
    assertThat(second.taken())
        .extracting(Smtpd.Taken::to)
        .containsExactly(List.of("root@example.org"));
  }

  @Test
  void whoIsUnknownDelaysNobody() throws Exception {
    EmailChannel channel = channel(first.server());
    first.obey(Map.of("rcpt", Map.of("root@example.org", UNKNOWN)));
    channel.deliver(letter(1));
    first.obey(Map.of());
    channel.deliver(letter(2));
    assertThat(first.taken())
        .extracting(Smtpd.Taken::to)
        .containsExactly(
            List.of("ops@example.org"), List.of("ops@example.org", "root@example.org"));
  }

  /** One full mailbox must not keep all others from their alerts for a day. */
  @Test
  void whoIsRefusedForLongDelaysTheNextLettersNoMore() throws Exception {
    EmailChannel channel = channel(first.server());
    first.obey(Map.of("rcpt", Map.of("root@example.org", "452 4.2.2 mailbox full")));
    assertThat(failure(channel, letter(1)).isForGood()).isFalse();
    pass(Duration.ofMinutes(15));
    channel.deliver(letter(1));
    channel.deliver(letter(2));
    first.obey(Map.of());
    channel.deliver(letter(3));
    first.obey(Map.of("rcpt", Map.of("root@example.org", GREYLISTED)));
    assertThat(failure(channel, letter(4)).isForGood())
        .isFalse(); // it works again, so it is waited for
    assertThat(first.taken())
        .extracting(each -> each.id() + each.to().size())
        .containsExactly(id(1) + 1, id(2) + 1, id(3) + 2, id(4) + 1);
  }

  /** As where relaying is denied: the next letter would fare no better. */
  @Test
  void whereNobodyIsKnownTheLetterWaitsForThatToBeMended() throws Exception {
    EmailChannel channel = channel(first.server());
    first.obey(Map.of("rcpt", Map.of("*", UNKNOWN)));
    assertThat(failure(channel, letter(1)).isForGood()).isFalse();
    pass(Duration.ofHours(1));
    DeliveryException failure = failure(channel, letter(1));
    assertThat(failure.isForGood()).isFalse();
    assertThat(failure).hasMessageContaining("ops@example.org: " + UNKNOWN);
    first.obey(Map.of());
    channel.deliver(letter(1));
    assertThat(first.taken()).hasSize(1);
  }

  @Test
  void aLetterThatNoServerWantsIsGivenUpAfterAWhile() throws Exception {
    EmailChannel channel = channel(first.server(), second.server());
    first.obey(Map.of("data", "554 5.7.1 looks like spam"));
    second.obey(Map.of("data", "552 5.3.4 too large"));
    assertThat(failure(channel, letter(1)).isForGood()).isFalse();
    pass(Duration.ofMinutes(15));
    assertThat(failure(channel, letter(1)).isForGood()).isTrue();
    assertThat(failure(channel, letter(2)).isForGood()).isFalse();
    second.obey(Map.of("data", "451 4.3.0 the scanner is down"));
    pass(Duration.ofMinutes(15));
    assertThat(failure(channel, letter(2)).isForGood()).isFalse();
  }

  @Test
  void aLetterThatOneServerDoesNotWantMayBeTakenByTheNext() throws Exception {
    EmailChannel channel = channel(first.server(), second.server());
    first.obey(Map.of("data", "552 5.3.4 too large"));
    channel.deliver(letter(1));
    assertThat(second.taken()).hasSize(1);
  }

  private static String id(int number) {
    return "<20261123-100000-" + number + ".0@web-1>";
  }
}

package org.medicd.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.config.Pace;
import org.medicd.notify.mail.Smtpd;
import org.medicd.plan.Severity;

/** Mails on their whole way, through a server that is not always well. */
@Tag("once")
@Timeout(120)
class EmailLaneTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Pace AT_ONCE =
      new Pace(Duration.ZERO, Duration.ZERO, 1_000, Duration.ZERO, Duration.ofHours(1));

  @TempDir Path folder;
  private final List<String> kept = new ArrayList<>();

  private final Receipts receipts =
      new Receipts() {
        @Override
        public void trying(String channel, Letter letter) {}

        @Override
        public synchronized void delivered(String channel, Letter letter, String thread) {
          kept.add(thread);
        }

        @Override
        public void counted(String channel, List<String> notices) {}

        @Override
        public synchronized void givenUp(String channel, Letter letter, String why) {
          kept.add("given up: " + why);
        }
      };

  private int told;
  private int tried;

  private void tell(Lane lane) {
    told++;
    lane.add(Notices.nth(told, "disk-full-" + told, Severity.WARNING));
  }

  private void isTaken(Smtpd server) {
    await().atMost(LONG).until(() -> ids(server).size() == told);
  }

  private static List<String> ids(Smtpd server) throws IOException {
    return server.taken().stream().map(Smtpd.Taken::id).toList();
  }

  /** Each of them in its turn, and never twice. */
  @Test
  void everyMailArrivesOnceWhateverBecomesOfTheServer() throws Exception {
    try (Smtpd server = Smtpd.start(folder)) {
      Channel email = Smtpd.channel(Duration.ofSeconds(1), server.server());
      Channel counted = counting(email);
      Lane lane =
          new Lane(
              counted,
              AT_ONCE,
              each -> false,
              receipts,
              () -> Notices.OPENED_AT,
              Duration.ofMillis(50));
      lane.start(List.of(), Map.of());
      tell(lane);
      isTaken(server);

      server.stop();
      tell(lane);
      tell(lane);
      triedTwiceMore();
      server.restart();
      isTaken(server);

      for (Map<String, Object> orders :
          List.<Map<String, Object>>of(
              Map.of("greet", "421 4.3.2 shutting down"),
              Map.of("mail", "421 4.3.2 shutting down"),
              Map.of("rcpt", Map.of("*", "450 4.2.0 greylisted")),
              Map.of("rcpt", Map.of("*", "421 4.7.0 too many")),
              Map.of("rcpt", Map.of("*", "550 5.7.1 relaying denied")),
              Map.of("data", "451 4.3.0 the scanner is down"),
              Map.of("data", "421 4.3.2 shutting down"),
              Map.of("data", "550 5.7.1 the scanner is mad"),
              Map.of("hang", "greet"),
              Map.of("hang", "rcpt"))) {
        server.obey(orders);
        tell(lane);
        triedTwiceMore();
        server.obey(Map.of());
        isTaken(server);
      }

      lane.close().get();
      List<String> all =
          IntStream.rangeClosed(1, told)
              .mapToObj(n -> "<20261123-100000-" + n + ".0@web-1>")
              .toList();
      assertThat(told).isEqualTo(13);
      assertThat(ids(server)).containsExactlyElementsOf(all);
      assertThat(kept).containsExactlyElementsOf(all);
    }
  }

  private synchronized int tries() {
    return tried;
  }

  private void triedTwiceMore() {
    int before = tries();
    await().atMost(LONG).until(() -> tries() >= before + 2);
  }

  private Channel counting(Channel channel) {
    return new Channel() {
      @Override
      public String name() {
        return channel.name();
      }

      @Override
      public Severity atLeast() {
        return channel.atLeast();
      }

      @Override
      public String deliver(Letter letter) throws DeliveryException {
        synchronized (EmailLaneTest.this) {
          tried++;
        }
        return String.valueOf(channel.deliver(letter));
      }
    };
  }
}

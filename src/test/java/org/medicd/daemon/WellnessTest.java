package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.medicd.config.Alerts;
import org.medicd.notify.Channel;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Dispatcher;
import org.medicd.notify.Failing;
import org.medicd.notify.Letter;
import org.medicd.notify.Notices;
import org.medicd.notify.Receipts;
import org.medicd.plan.Post;
import org.medicd.plan.Severity;
import org.medicd.plan.Unsent;

@Tag("once")
class WellnessTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static @Nullable String words(
      Duration since, Duration period, Optional<Failing> failing) {
    return new Wellness(() -> since, period, () -> failing, Duration.ofMinutes(10)).get();
  }

  @Test
  void isWellWhileTicksEndAndLettersGo() {
    assertThat(words(SECOND, SECOND, Optional.empty())).isNull();
    assertThat(words(Duration.ofSeconds(40), Duration.ofSeconds(10), Optional.empty())).isNull();
  }

  @Test
  void isUnwellOnceNoTickEndsForAWhile() {
    assertThat(words(Duration.ofSeconds(11), SECOND, Optional.empty()))
        .isEqualTo("no tick has ended for 11s");
    assertThat(words(Duration.ofSeconds(51), Duration.ofSeconds(10), Optional.empty()))
        .isEqualTo("no tick has ended for 51s");
  }

  @Test
  void isUnwellOnceAChannelFailsForLong() {
    Duration long1 = Duration.ofMinutes(11);
    assertThat(words(SECOND, SECOND, Optional.of(new Failing("pager", long1.minusMinutes(2)))))
        .isNull();
    assertThat(words(SECOND, SECOND, Optional.of(new Failing("pager", long1))))
        .isEqualTo("pager has delivered nothing for 11m");
  }

  @Test
  void aDispatcherTellsWhichOfItsChannelsFails() {
    Supplier<InstantSource> clock = () -> InstantSource.fixed(Notices.OPENED_AT);
    Channel down =
        new Channel() {
          @Override
          public String name() {
            return "down";
          }

          @Override
          public Severity atLeast() {
            return Severity.INFO;
          }

          @Override
          public String deliver(Letter letter) throws DeliveryException {
            throw new DeliveryException("down");
          }
        };
    try (Dispatcher dispatcher =
        new Dispatcher(List.of(down), Alerts.NONE, ZoneOffset.UTC, Receipts.NONE, clock.get())) {
      dispatcher.start(Unsent.NOTHING);
      assertThat(dispatcher.failing()).isEmpty();
      dispatcher.tell(new Post(Notices.opened(), List.of("down")));
      await().until(() -> dispatcher.failing().isPresent());
      assertThat(dispatcher.failing().map(Failing::channel)).contains("down");
      dispatcher.close(Duration.ZERO);
    }
  }
}

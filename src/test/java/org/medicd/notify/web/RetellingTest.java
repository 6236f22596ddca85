package org.medicd.notify.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Notices;
import org.medicd.notify.Repeating;
import org.medicd.plan.Notice;

@Timeout(30)
class RetellingTest {
  private final List<List<Notice>> told = new CopyOnWriteArrayList<>();

  private Repeating channel(String name, boolean works) {
    return new Repeating() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void repeat(List<Notice> open) throws DeliveryException {
        if (!works) {
          throw new DeliveryException("down");
        }
        told.add(open);
      }
    };
  }

  @Test
  void tellsEachChannelWhatIsForItThoughOthersFailOrBreak() {
    List<Repeating> channels = List.of(channel("down", false), channel("good", true));
    int[] rounds = {0};
    try (Retelling retelling =
        new Retelling(
            () -> channels,
            name -> {
              if (++rounds[0] == 1) {
                throw new IllegalStateException("broken once");
              }
              return name.equals("good") ? List.of(Notices.opened()) : List.of();
            },
            Duration.ofMillis(10))) {
      await().until(() -> told.size() >= 3);
    }
    assertThat(told).allMatch(each -> each.equals(List.of(Notices.opened())));
  }
}

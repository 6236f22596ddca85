package org.medicd.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Orders;
import org.medicd.plan.Silence;

class SilenceGuardTest {
  @Test
  void theGuardWaitsUntilItIsOver() {
    Instant until = Instant.parse("2026-03-01T12:00:00Z");
    Silence silence =
        new Silence("s1", List.of("web"), "root", null, until.minusSeconds(60), until);
    Orders orders = new Orders(null, List.of(silence));
    Wish wish = Wish.about(50, p -> p.unit("web.service")).under(orders);
    assertThat(wish.judgedBy(new SilenceGuard()))
        .isEqualTo("refused by silence: silenced by root until 2026-03-01T12:00:00Z");
    assertThat(wish.to(Kind.RESTART_UNIT).mending().judgedBy(new SilenceGuard())).isEmpty();
    assertThat(Wish.aboutAnybody().under(orders).judgedBy(new SilenceGuard())).isEmpty();
  }
}

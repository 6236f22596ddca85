package org.medicd.guard;

import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medicd.plan.Action.Kind;

class BlastRadiusGuardTest {
  private static final Duration T = ofHours(1);

  private final Ledger ledger = new Ledger();
  private final BlastRadiusGuard guard = new BlastRadiusGuard(50, ledger);

  /** About worker@1, of a pool of so many of which the last ones are down. */
  private static Wish ofPool(int size, int down) {
    Wish wish = Wish.about(50, p -> p.unit("worker@1.service")).to(Kind.RESTART_UNIT).at(T);
    IntStream.rangeClosed(1, size)
        .forEach(
            i ->
                wish.scene.unit("worker@" + i + ".service", i > size - down ? "failed" : "active"));
    wish.scene.unit("worker@.service", "inactive").unit("other@2.service", "failed");
    return wish;
  }

  @Test
  void oneOfAPoolMayBeTreated() {
    assertThat(ofPool(2, 0).judgedBy(guard)).isEmpty();
    assertThat(ofPool(6, 2).judgedBy(guard)).isEmpty();
  }

  @Test
  void neverTheOnlyOneThatWorks() {
    assertThat(ofPool(2, 1).judgedBy(guard))
        .isEqualTo(
            "refused by blast-radius: 1 of 2 of worker@.service are down or in treatment, and"
                + " 50 % may be: it waits for them");
    assertThat(ofPool(3, 2).judgedBy(new BlastRadiusGuard(100, ledger)))
        .startsWith("refused by blast-radius");
  }

  @Test
  void neverMoreThanItsShare() {
    assertThat(ofPool(6, 3).judgedBy(guard)).startsWith("refused by blast-radius: 3 of 6");
    assertThat(ofPool(6, 1).judgedBy(new BlastRadiusGuard(10, ledger)))
        .startsWith("refused by blast-radius: 1 of 6");
  }

  @Test
  void whomMedicdHasInHandCountsAsDown() {
    ledger.charge(Wish.about(60, p -> p.unit("worker@2.service")).intent(), T.minusSeconds(59));
    assertThat(ofPool(2, 0).judgedBy(guard)).startsWith("refused by blast-radius");
    assertThat(ofPool(2, 0).at(T.plusSeconds(2)).judgedBy(guard)).isEmpty();
  }

  @Test
  void aServiceThatIsNoInstanceHasNoPool() {
    Wish wish = Wish.about(50, p -> p.unit("web.service")).to(Kind.RESTART_UNIT);
    wish.scene.unit("web.service", "active").unit("web2.service", "failed");
    assertThat(wish.judgedBy(guard)).isEmpty();
  }

  @Test
  void isAboutWhatEndsIt() {
    assertThat(ofPool(2, 1).to(Kind.RELOAD_UNIT).judgedBy(guard)).isEmpty();
    assertThat(ofPool(2, 1).to(Kind.TERM).judgedBy(guard)).isNotEmpty();
    assertThat(ofPool(2, 1).mending().judgedBy(guard)).isEmpty();
  }
}

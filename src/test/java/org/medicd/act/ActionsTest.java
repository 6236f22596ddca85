package org.medicd.act;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.medicd.fact.HostId;
import org.medicd.plan.Action;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Intent;
import org.medicd.plan.Mode;
import org.medicd.plan.Outcome;
import org.medicd.plan.Patient;
import org.medicd.plan.Report;

class ActionsTest {
  private static final Patient HOST = new Patient(new HostId(), null, null, null, null, null);

  private final CountDownLatch release = new CountDownLatch(1);
  private final List<Report> reports = new ArrayList<>();

  /** TERM waits until the test releases it, KILL is done at once, STOP and CONT fail. */
  private final Actuator actuator =
      new Actuator() {
        @Override
        public Set<Kind> kinds() {
          return Set.of(Kind.TERM, Kind.KILL, Kind.STOP, Kind.CONT);
        }

        @Override
        public Duration deadline() {
          return ofSeconds(5);
        }

        @Override
        public Report act(Intent intent) throws Exception {
          switch (intent.action().kind()) {
            case TERM -> release.await();
            case STOP -> throw new IOException("no such thing");
            case CONT -> throw new StackOverflowError();
            default -> {}
          }
          Outcome done = new Outcome.Done("it is");
          return new Report(intent.incident(), intent.rung(), done, null);
        }
      };

  private final Actions actions = new Actions(List.of(actuator));

  @AfterEach
  void close() {
    release.countDown();
    actions.close();
  }

  private void start(Kind kind, int rung, Duration now) {
    actions.start(
        new Intent(
            "id",
            "d",
            "r",
            Mode.ACT,
            rung,
            new Action(kind),
            HOST,
            List.of(),
            null,
            true,
            false,
            false,
            false),
        now);
  }

  private void awaitReports(int count, Duration now) {
    await()
        .atMost(ofSeconds(10))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              reports.addAll(actions.finished(now));
              return reports.size() >= count;
            });
  }

  @Test
  void aSlowActionDelaysNoOther() {
    start(Kind.TERM, 0, Duration.ZERO);
    start(Kind.KILL, 1, Duration.ZERO);
    awaitReports(1, ofSeconds(1));
    assertThat(reports).containsExactly(new Report("id", 1, new Outcome.Done("it is"), null));
  }

  @Test
  void whatOutlivesItsDeadlineIsReportedOnce() {
    start(Kind.TERM, 0, Duration.ZERO);
    assertThat(actions.finished(ofSeconds(5))).isEmpty();
    assertThat(actions.finished(ofSeconds(6)))
        .containsExactly(
            new Report(
                "id", 0, new Outcome.TimedOut("term did not end before its deadline"), null));
    release.countDown();
    start(Kind.KILL, 1, ofSeconds(6));
    awaitReports(1, ofSeconds(7));
    assertThat(reports).extracting(Report::rung).containsExactly(1);
  }

  @Test
  void anExceptionIsAFailure() {
    start(Kind.STOP, 0, Duration.ZERO);
    awaitReports(1, Duration.ZERO);
    assertThat(reports)
        .containsExactly(new Report("id", 0, new Outcome.Failed("no such thing"), null));
  }

  @Test
  void anErrorIsAFailureToo() {
    start(Kind.CONT, 0, Duration.ZERO);
    awaitReports(1, Duration.ZERO);
    assertThat(reports.get(0).outcome())
        .isEqualTo(new Outcome.Failed("java.lang.StackOverflowError"));
  }

  @Test
  void whatNobodyCanDoFails() {
    start(Kind.RELOAD_UNIT, 0, Duration.ZERO);
    assertThat(actions.finished(Duration.ZERO))
        .containsExactly(
            new Report("id", 0, new Outcome.Failed("nothing here can do reload-unit"), null));
  }

  @Test
  void moreThanThirtyTwoAtOnceAreTurnedAway() {
    for (int i = 0; i < 40; i++) {
      start(Kind.TERM, i, Duration.ZERO);
    }
    assertThat(actions.finished(Duration.ZERO))
        .hasSize(8)
        .extracting(Report::outcome)
        .containsOnly(new Outcome.Failed("32 actions are under way already"));
    release.countDown();
    awaitReports(32, Duration.ZERO);
    assertThat(reports).hasSize(32).extracting(Report::rung).doesNotHaveDuplicates();
  }
}

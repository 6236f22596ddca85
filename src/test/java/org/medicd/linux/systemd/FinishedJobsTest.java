package org.medicd.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medicd.linux.systemd.SystemdException.Kind;

@Timeout(10)
class FinishedJobsTest {
  private static final Deadline OVER = Deadline.in(Duration.ZERO);
  private final FinishedJobs jobs = new FinishedJobs();

  @Test
  void keepsAResultThatComesBeforeAnybodyAsksForIt() throws SystemdException {
    jobs.expect();
    jobs.finished(new JobResult("/job/1", "done"));

    assertThat(jobs.await("/job/1", "restart", OVER)).isEqualTo(new JobResult("/job/1", "done"));
  }

  @Test
  void forgetsResultsOnceNobodyWaits() {
    jobs.expect();
    jobs.finished(new JobResult("/job/1", "done"));
    jobs.forget();
    jobs.expect();

    assertThat(refusal("/job/1", OVER)).isEqualTo(Kind.TIMED_OUT);
  }

  @Test
  void keepsResultsAsLongAsOneOfTwoWaits() throws SystemdException {
    jobs.expect();
    jobs.expect();
    jobs.finished(new JobResult("/job/1", "failed"));
    jobs.forget();

    assertThat(jobs.await("/job/1", "restart", OVER).result()).isEqualTo("failed");
  }

  @Test
  void wakesWhoWaitsWhenTheBusIsLost() {
    jobs.expect();
    new Thread(jobs::lost).start();

    assertThat(refusal("/job/1", Deadline.in(Duration.ofMinutes(1)))).isEqualTo(Kind.IN_DOUBT);
  }

  private Kind refusal(String job, Deadline deadline) {
    return catchThrowableOfType(SystemdException.class, () -> jobs.await(job, "restart", deadline))
        .kind();
  }
}

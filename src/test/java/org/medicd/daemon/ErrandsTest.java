package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.api.Reply;
import org.medicd.fact.FilesystemId;
import org.medicd.notify.Notices;
import org.medicd.notify.Standing;
import org.medicd.plan.Mode;
import org.medicd.plan.Patient;
import org.medicd.plan.Severity;

@Tag("once")
class ErrandsTest {
  @TempDir Path folder;
  private Pipeline pipeline;
  private Errands errands;

  @BeforeEach
  void begin() throws Exception {
    pipeline = new Pipeline(folder);
    pipeline.begin(Mode.APPROVE);
    errands = new Errands(pipeline.stages, pipeline.tick);
    pipeline.secondsUntil("capture");
    while (asked() < 0) {
      pipeline.burn(1);
    }
  }

  @AfterEach
  void end() throws Exception {
    pipeline.close();
  }

  private int asked() {
    return Standing.askedStep(pipeline.only());
  }

  /** Asks from a thread of its own, while the ticks go on. */
  private Reply between(Supplier<Reply> errand) {
    CompletableFuture<Reply> reply = CompletableFuture.supplyAsync(errand);
    while (!reply.isDone()) {
      pipeline.burn(1);
    }
    return reply.join();
  }

  @Test
  void aYesIsForTheRungThatWasSeenOnly() {
    String id = pipeline.only().id();
    int asked = asked();
    assertThat(between(() -> errands.approve(id, asked + 1, "bob")).done()).isFalse();
    assertThat(between(() -> errands.deny(id, asked + 1, "bob")).done()).isFalse();
    assertThat(pipeline.acted).noneMatch(each -> each.startsWith("term"));
    assertThat(between(() -> errands.approve(id, asked, "bob"))).isEqualTo(Reply.done("approved"));
    pipeline.burn(2);
    assertThat(pipeline.acted).contains("term [pid 4242]");
    assertThat(pipeline.only().steps().get(asked).detail()).startsWith("approved by bob");
    assertThat(between(() -> errands.approve(id, asked, "bob")))
        .isEqualTo(Reply.refused("no rung of incident " + id + " waits for a person"));
  }

  @Test
  void whoSilencesOneSilencesWhatIsLikeIt() {
    assertThat(FrontDesk.alike(Notices.opened().incident()))
        .containsExactly("diagnosis=cpu-runaway", "unit=burner.service");
    assertThat(FrontDesk.alike(Notices.nth(1, "a*b", Severity.INFO).incident()))
        .containsExactly("diagnosis=a?b", "unit=worker1.service");
    Patient var = new Patient(new FilesystemId("/var", "/dev/sda2"), null, null, null, null, null);
    assertThat(FrontDesk.alike(IncidentAt.about(var)))
        .containsExactly("diagnosis=cpu-runaway", "subject=/var");
  }

  @Test
  void beforeItWatchesNobodyIsServed() {
    FrontDesk desk = new FrontDesk(() -> null, "web-1");
    assertThat(desk.pause("bob").done()).isFalse();
    assertThat(desk.now("1")).isEmpty();
    desk.refused("pause", "1", "mallory", "not named");
  }
}

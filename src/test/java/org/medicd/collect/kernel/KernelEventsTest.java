package org.medicd.collect.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.fact.KernelEventKind.CGROUP_OOM_KILL;
import static org.medicd.fact.KernelEventKind.HUNG_TASK;
import static org.medicd.fact.KernelEventKind.IO_ERROR;
import static org.medicd.fact.KernelEventKind.SEGFAULT;
import static org.medicd.fact.KernelEventKind.SERVER_NOT_RESPONDING;
import static org.medicd.fact.KernelEventKind.SERVER_OK;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.medicd.collect.FakeClock;
import org.medicd.collect.Gaps;
import org.medicd.collect.Scene;
import org.medicd.fact.Gap;
import org.medicd.fact.KernelEvent;

class KernelEventsTest {
  private static final String KILL =
      "Memory cgroup out of memory: Killed process %d (%s) total-vm:1kB, anon-rss:1kB";

  private final FakeClock clock = new FakeClock();
  private final FakeLog log = new FakeLog();
  private final KernelEvents events =
      new KernelEvents(() -> log, this::micros, Duration.ofSeconds(60));
  private Gaps gaps = new Gaps();

  private long micros() {
    return clock.getAsLong() / 1000;
  }

  private List<KernelEvent> look() {
    gaps = new Gaps();
    Scene scene =
        new Scene(clock.getAsLong(), clock.instant(), Map.of(), List.of(), Set.of(), gaps);
    return events.look(scene);
  }

  private KernelEvent only() {
    List<KernelEvent> all = look();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void tellsAnOomKillWithItsGroupAndUnit() {
    look();
    clock.advance(Duration.ofSeconds(1));
    log.kernel(micros() - 400_000, "python3 invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL)");
    log.kernel(
        micros() - 300_000,
        "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,"
            + "oom_memcg=/system.slice,task_memcg=/system.slice/a.service,task=p,pid=7,uid=0");
    log.kernel(micros() - 250_000, KILL.formatted(7, "p"));
    KernelEvent event = only();
    assertThat(event.kind()).isEqualTo(CGROUP_OOM_KILL);
    assertThat(event.pid()).isEqualTo(7);
    assertThat(event.comm()).isEqualTo("p");
    assertThat(event.cgroup()).isEqualTo("/system.slice/a.service");
    assertThat(event.limitedBy()).isEqualTo("/system.slice");
    assertThat(event.unitName()).isEqualTo("a.service");
    assertThat(event.sequence()).isEqualTo(102);
    assertThat(event.severity()).isEqualTo(3);
    assertThat(event.count()).isEqualTo(1);
    assertThat(event.at()).isEqualTo(clock.instant().minusMillis(250));
  }

  @Test
  void whatIsToldAgainIsCountedAndKeepsItsKey() {
    log.kernel(micros(), "I/O error, dev sda, sector 1 op 0x0:(READ)");
    KernelEvent first = only();
    assertThat(only()).isSameAs(first);
    clock.advance(Duration.ofSeconds(59));
    log.kernel(micros(), "I/O error, dev sda, sector 2 op 0x0:(READ)");
    KernelEvent second = only();
    assertThat(second.key()).isEqualTo(first.key());
    assertThat(second.count()).isEqualTo(2);
    assertThat(second.text()).contains("sector 2");
    assertThat(second.device()).isEqualTo("sda");
    clock.advance(Duration.ofSeconds(60));
    assertThat(look()).hasSize(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(look()).isEmpty();
    log.kernel(micros(), "I/O error, dev sda, sector 3 op 0x0:(READ)");
    assertThat(only().count()).isEqualTo(1);
  }

  @Test
  void victimsOfOneNameAndGroupAreOneEvent() {
    for (int pid = 1; pid <= 5; pid++) {
      log.kernel(micros(), KILL.formatted(pid, "worker"));
    }
    KernelEvent event = only();
    assertThat(event.count()).isEqualTo(5);
    assertThat(event.pid()).isEqualTo(5);
  }

  @Test
  void ignoresWhatUserSpaceWrote() {
    log.line(8 + 3, micros(), "I/O error, dev sda, sector 1 op 0x0:(READ)");
    log.line(3 * 8 + 1, micros(), KILL.formatted(1, "init"));
    assertThat(look()).isEmpty();
  }

  @Test
  void aServerThatAnswersAgainEndsItsSilence() {
    log.kernel(micros(), "nfs: server a not responding, still trying");
    log.kernel(micros(), "nfs: server b not responding, still trying");
    assertThat(look()).extracting(KernelEvent::kind).containsOnly(SERVER_NOT_RESPONDING);
    log.kernel(micros(), "nfs: server a OK");
    assertThat(look())
        .extracting(KernelEvent::kind, KernelEvent::server)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(SERVER_NOT_RESPONDING, "b"),
            org.assertj.core.groups.Tuple.tuple(SERVER_OK, "a"));
  }

  @Test
  void manySubjectsBecomeOneEventWithoutASubject() {
    for (int task = 1; task <= 200; task++) {
      log.kernel(micros(), "INFO: task t:" + task + " blocked for more than 120 seconds.");
    }
    List<KernelEvent> all = look();
    assertThat(all).hasSize(17).extracting(KernelEvent::kind).containsOnly(HUNG_TASK);
    KernelEvent others = all.get(16);
    assertThat(others.pid()).isNull();
    assertThat(others.comm()).isNull();
    assertThat(others.count()).isEqualTo(184);
    clock.advance(Duration.ofSeconds(61));
    assertThat(look()).isEmpty();
    log.kernel(micros(), "INFO: task t:1 blocked for more than 120 seconds.");
    assertThat(only().pid()).isEqualTo(1);
  }

  @Test
  void aStormIsReadInPortions() {
    for (int line = 0; line < 5000; line++) {
      log.kernel(micros(), "p" + line % 3 + "[9]: segfault at 0 ip 1 sp 2 error 4");
    }
    look();
    assertThat(log.left()).isEqualTo(3000);
    look();
    List<KernelEvent> all = look();
    assertThat(log.left()).isZero();
    assertThat(all).hasSize(3).extracting(KernelEvent::kind).containsOnly(SEGFAULT);
    assertThat(all.stream().mapToInt(KernelEvent::count).sum()).isEqualTo(5000);
  }

  @Test
  void whatWasOverwrittenIsAGapAndTheRestIsRead() {
    log.kernel(micros(), "nothing");
    log.overwrite(42);
    log.kernel(micros(), "I/O error, dev sda, sector 1 op 0x0:(READ)");
    assertThat(only().kind()).isEqualTo(IO_ERROR);
    assertThat(gaps.toList())
        .containsExactly(
            new Gap("kernel log", "the host", "42 records were overwritten before they were read"));
    look();
    assertThat(gaps.toList()).isEmpty();
  }

  @Test
  void aRecordOfAnotherFormIsAGapAndTheRestIsRead() {
    log.raw("nonsense");
    log.kernel(micros(), "I/O error, dev sda, sector 1 op 0x0:(READ)");
    assertThat(only().kind()).isEqualTo(IO_ERROR);
    assertThat(gaps.toList()).hasSize(1);
  }

  @Test
  void whatIsOlderThanTheWhileIsNotTold() {
    log.kernel(micros() - 3_600_000_000L, "I/O error, dev sda, sector 1 op 0x0:(READ)");
    assertThat(look()).isEmpty();
  }

  @Test
  void isNotDatedBeforeTheLookThatDidNotSeeIt() {
    clock.advance(Duration.ofSeconds(100));
    look();
    clock.advance(Duration.ofSeconds(1));
    log.kernel(micros() - 7_000_000, "I/O error, dev sda, sector 1 op 0x0:(READ)");
    assertThat(only().at()).isEqualTo(clock.instant().minusSeconds(1));
    log.kernel(micros() + 9_000_000, "I/O error, dev sdb, sector 1 op 0x0:(READ)");
    assertThat(look().get(1).at()).isEqualTo(clock.instant());
  }

  @Test
  void aLogThatCannotBeOpenedIsOneGapUntilItCan() {
    try (KernelEvents missing =
        new KernelEvents(Path.of("/nonexistent/kmsg"), this::micros, Duration.ofSeconds(60))) {
      Scene scene =
          new Scene(clock.getAsLong(), clock.instant(), Map.of(), List.of(), Set.of(), gaps);
      assertThat(missing.look(scene)).isEmpty();
      assertThat(gaps.toList()).hasSize(1);
      assertThat(gaps.toList().get(0).reason()).contains("errno 2", "container");
    }
  }

  @Test
  void aLogThatFailsIsOpenedAgain() {
    log.fail(new IOException("broken"));
    assertThat(look()).isEmpty();
    assertThat(gaps.toList()).containsExactly(new Gap("kernel log", "the host", "broken"));
    log.kernel(micros(), "I/O error, dev sda, sector 1 op 0x0:(READ)");
    assertThat(only().kind()).isEqualTo(IO_ERROR);
  }
}

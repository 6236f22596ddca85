package org.medicd.collect.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.medicd.collect.Gaps;
import org.medicd.collect.Scene;
import org.medicd.fact.KernelEvent;
import org.medicd.fact.KernelEventKind;
import org.medicd.lab.NeedsRoot;
import org.medicd.lab.Program;
import org.medicd.lab.Result;
import org.medicd.linux.Kernel;

/** What the kernel of this machine writes about troubles of this test's own. */
@Tag("alone")
@NeedsRoot
@Tag("once")
class LiveKernelEventsTest {
  private static final Path KMSG = Path.of("/dev/kmsg");
  private static final Path LAB = Path.of("src/test/lab").toAbsolutePath();

  private final KernelEvents events =
      new KernelEvents(KMSG, Kernel::monotonicMicros, Duration.ofSeconds(60));
  private final Gaps gaps = new Gaps();

  @AfterEach
  void close() {
    events.close();
  }

  @Test
  void tellsAKillInAMemoryCgroup() {
    Result result = lab("cgroup-oom.sh");
    String group = result.out().strip();
    KernelEvent event = seen(each -> group.equals(each.limitedBy()));
    assertThat(event.kind()).isEqualTo(KernelEventKind.CGROUP_OOM_KILL);
    assertThat(event.cgroup()).isEqualTo(group);
    assertThat(event.comm()).isEqualTo("tail");
    assertThat(event.pid()).isPositive();
    assertThat(event.at())
        .isBetween(
            InstantSource.system().instant().minusSeconds(30),
            InstantSource.system().instant().plusSeconds(1));
    assertThat(gaps.toList()).isEmpty();
  }

  @Test
  void tellsIoErrorsOfADeviceThatLostItsStorage() {
    Result result = lab("io-error.sh");
    String device = result.out().strip();
    KernelEvent event =
        seen(each -> each.kind() == KernelEventKind.IO_ERROR && device.equals(each.device()));
    assertThat(event.count()).isGreaterThanOrEqualTo(2);
    assertThat(event.severity()).isLessThanOrEqualTo(4);
  }

  @Test
  void isNotDeceivedByALineOfUserSpace() throws IOException {
    String forged = "Out of memory: Killed process 1 (forged-medicd) total-vm:1kB, anon-rss:1kB\n";
    Files.writeString(KMSG, forged);
    Files.writeString(KMSG, "<3>" + forged); // asks for the kernel's own facility
    lab("io-error.sh");
    seen(each -> each.kind() == KernelEventKind.IO_ERROR);
    assertThat(look()).noneMatch(each -> each.text().contains("forged-medicd"));
  }

  private static Result lab(String script) {
    Result result =
        Program.run(Duration.ofSeconds(30), List.of("bash", LAB.resolve(script).toString()));
    assertThat(result.status()).as(result.err()).isZero();
    return result;
  }

  private KernelEvent seen(Predicate<KernelEvent> wanted) {
    return await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> look().stream().filter(wanted).findFirst(), found -> found.isPresent())
        .orElseThrow();
  }

  private List<KernelEvent> look() {
    return events.look(
        new Scene(
            System.nanoTime(),
            InstantSource.system().instant(),
            Map.of(),
            List.of(),
            Set.of(),
            gaps));
  }
}

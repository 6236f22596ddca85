package org.medicd.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medicd.lab.NeedsInitialNamespaces;
import org.medicd.linux.netlink.ProcessEvent.Executed;
import org.medicd.linux.netlink.ProcessEvent.Exited;
import org.medicd.linux.netlink.ProcessEvent.Forked;

/** What the kernel of this machine tells of processes of this test's own. */
@NeedsInitialNamespaces
class LiveProcConnectorTest {
  private static final int SELF = (int) ProcessHandle.current().pid();

  private final List<ProcessEvent> heard = new ArrayList<>();
  private final AtomicLong later = new AtomicLong();
  private ProcConnector connector;
  private ProcessEvents events;

  @BeforeEach
  void open() throws Exception {
    connector = ProcConnector.open(() -> System.nanoTime() + later.get());
    events = connector.listen();
    events.drain();
    await().atMost(Duration.ofSeconds(10)).until(connector::isLive);
    assertThat(connector.silence()).isNull();
  }

  @AfterEach
  void close() {
    connector.close();
    assertThat(connector.isLive()).isFalse();
    assertThat(connector.silence()).isEqualTo("closed");
    connector.close();
  }

  @Test
  void tellsTheLifeOfAProcess() throws Exception {
    Process process = new ProcessBuilder("sh", "-c", "exit 3").start();
    assertThat(process.waitFor()).isEqualTo(3);
    int pid = (int) process.pid();
    Exited end = awaitEnd(pid);
    assertThat(end.status()).isEqualTo(3);
    assertThat(end.signal()).isZero();
    assertThat(heard).anyMatch(event -> event instanceof Executed && event.pid() == pid);
    Forked birth = birth(pid);
    assertThat(birth.nanos()).isLessThan(end.nanos());
    assertThat(System.nanoTime() - birth.nanos()).isBetween(0L, 30_000_000_000L);
    assertThat(birth.parent()).isPositive();
  }

  @Test
  void tellsTheSignalThatEndedAProcess() throws Exception {
    Process process = new ProcessBuilder("sh", "-c", "kill -USR1 $$").start();
    process.waitFor();
    Exited end = awaitEnd((int) process.pid());
    assertThat(end.signal()).isEqualTo(10);
    assertThat(end.status()).isZero();
  }

  @Test
  void tellsNothingOfThreads() throws Exception {
    for (int i = 0; i < 20; i++) {
      Thread thread = new Thread(() -> {}, "short");
      thread.start();
      thread.join();
    }
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    awaitEnd((int) process.pid());
    assertThat(heard)
        .noneMatch(event -> event instanceof Forked forked && forked.pid() == SELF)
        .noneMatch(event -> event instanceof Exited exited && exited.pid() == SELF);
  }

  @Test
  void aKernelThatGoesSilentIsNotLiveUntilItTellsAgain() {
    later.addAndGet(Duration.ofSeconds(60).toNanos());
    assertThat(connector.isLive()).isFalse();
    assertThat(connector.silence()).contains("namespaces");
    await().atMost(Duration.ofSeconds(10)).until(connector::isLive); // at the next pulse
  }

  private Forked birth(int pid) {
    return heard.stream()
        .filter(event -> event instanceof Forked && event.pid() == pid)
        .map(Forked.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private Exited awaitEnd(int pid) {
    return Objects.requireNonNull(await().until(() -> end(pid), found -> found != null));
  }

  private @Nullable Exited end(int pid) {
    heard.addAll(events.drain());
    return heard.stream()
        .filter(event -> event instanceof Exited && event.pid() == pid)
        .map(Exited.class::cast)
        .findFirst()
        .orElse(null);
  }
}

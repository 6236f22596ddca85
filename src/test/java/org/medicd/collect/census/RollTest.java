package org.medicd.collect.census;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medicd.collect.FakeClock;
import org.medicd.collect.ProcFolder;
import org.medicd.fact.Gap;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Snapshot;
import org.medicd.linux.proc.HeldStats;

/** Who is there: names, ends, pids that are used again, and files that do not read. */
class RollTest {
  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private final HeldStats held = new HeldStats(64);
  private ProcFolder proc;
  private Census census;

  @BeforeEach
  void makeAHost() throws Exception {
    proc = new ProcFolder(folder);
    CensusSettings settings =
        new CensusSettings(
            Duration.ofSeconds(1),
            1L << 30,
            Duration.ofSeconds(10),
            99,
            folder.resolve("none"),
            new NumaNodes(Map.of()));
    census = new Census(proc.root(), held, settings, clock, clock, Map::of, List.of());
  }

  @AfterEach
  void close() {
    census.close();
    held.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a) S 1 2 (b", "two\nlines", "", "\u001b]0;x\u0007"})
  void aHostileNameIsANameLikeAnyOther(String comm) {
    proc.process(42).comm(comm).put();
    Snapshot snapshot = look();
    assertThat(Seen.process(snapshot, 42).comm()).isEqualTo(comm);
    assertThat(snapshot.gaps()).isEmpty();
  }

  @Test
  void aProcessThatEndedIsAbsentAndItsDescriptorClosed() throws Exception {
    proc.process(42).put();
    ProcessId id = Seen.process(look(), 42).id();
    assertThat(held.proves(id)).isTrue();
    proc.remove("42");
    Snapshot after = look();
    assertThat(after.processes()).isEmpty();
    assertThat(after.gaps()).isEmpty();
    assertThat(held.holds(id)).isFalse();
  }

  @Test
  void aPidThatIsUsedAgainStartsANewHistory() throws Exception {
    proc.process(42).ticks(500).put();
    look();
    clock.advance(Duration.ofSeconds(1));
    proc.process(42).startTicks(900).ticks(0).put();
    Proc later = Seen.process(look(), 42);
    assertThat(later.id().startTicks()).isEqualTo(900);
    assertThat(later.cpuPercent()).isNull();
    assertThat(held.holds(new ProcessId(42, 500))).isFalse();
    assertThat(held.proves(later.id())).isTrue();
  }

  @Test
  void anUnreadableStatIsAGapAndNotTheEndOfTheProcess() {
    proc.process(42).put();
    Proc before = Seen.process(look(), 42);
    proc.write("42/stat", "rubbish");
    Snapshot after = look();
    assertThat(Seen.process(after, 42)).isSameAs(before);
    assertThat(after.gaps())
        .containsExactly(
            new Gap("proc/PID/stat", "pid 42", "proc/PID/stat: no name in parentheses"));
  }

  @Test
  void aStatThatNamesAnotherProcessIsRefused() {
    proc.process(42).put();
    proc.write("43/stat", "42 (x) S 1" + " 1".repeat(40));
    Snapshot snapshot = look();
    assertThat(snapshot.processes()).containsOnlyKeys(42);
    assertThat(snapshot.gaps()).extracting(Gap::subject).containsExactly("pid 43");
  }

  @Test
  void anIdThatNamesTwoProcessesProvesNeither() throws Exception {
    proc.process(42).put();
    Proc first = Seen.process(look(), 42);
    proc.write("42/stat", "");
    proc.remove("42");
    proc.process(42).put();
    assertThat(Seen.process(look(), 42).id()).isEqualTo(first.id());
    assertThat(held.holds(first.id())).isTrue();
    assertThat(held.proves(first.id())).isFalse();
  }

  private Snapshot look() {
    return census.look();
  }
}

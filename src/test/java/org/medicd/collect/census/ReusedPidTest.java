package org.medicd.collect.census;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medicd.collect.FakeClock;
import org.medicd.fact.Proc;
import org.medicd.linux.Kernel;
import org.medicd.linux.proc.HeldStats;

/**
 * A pid that the kernel really gives a second time, forced in a pid namespace of this test's own.
 */
class ReusedPidTest {
  private final HeldStats held = new HeldStats(100);
  private Process shell;
  private Path proc;

  @BeforeEach
  void openANamespace() throws Exception {
    List<String> command = new ArrayList<>(List.of("unshare"));
    if (Kernel.effectiveUserId() != 0) {
      command.addAll(List.of("--user", "--map-root-user"));
    }
    command.addAll(List.of("--pid", "--fork", "--kill-child", "--mount-proc", "bash"));
    shell = new ProcessBuilder(command).start();
    boolean opened = "1".equals(ask("echo $$"));
    assumeTrue(opened || Boolean.getBoolean("medicd.skips.fail"), "may not make a pid namespace");
    long inside = shell.children().findFirst().orElseThrow().pid();
    proc = Path.of("/proc/" + inside + "/root/proc");
  }

  @AfterEach
  void closeIt() throws Exception {
    shell.descendants().forEach(ProcessHandle::destroyForcibly);
    shell.destroyForcibly().waitFor();
    held.close();
  }

  @Test
  void theDescriptorHeldSinceFirstSightKnowsTheOldFromTheNew() throws Exception {
    FakeClock clock = new FakeClock();
    CensusSettings settings =
        new CensusSettings(
            Duration.ofSeconds(1),
            1 << 28,
            Duration.ofMinutes(10),
            1,
            Path.of("/etc/passwd"),
            new NumaNodes(Map.of()));
    try (Census census = new Census(proc, held, settings, clock, clock, Map::of, List.of())) {
      int pid = Integer.parseInt(ask("sleep 300 & echo $!"));
      Proc first = Seen.process(census.look(), pid);
      assertThat(held.proves(first.id())).isTrue();

      String again =
          ask(
              "kill -9 %d; wait %d 2>/dev/null; echo %d > /proc/sys/kernel/ns_last_pid;"
                      .formatted(pid, pid, pid - 1)
                  + " sleep 301 & echo $!");
      assertThat(again).isEqualTo(Integer.toString(pid));
      assertThat(held.proves(first.id())).isFalse();

      clock.advance(Duration.ofSeconds(1));
      Proc second = Seen.process(census.look(), pid);
      assertThat(second.cpuPercent()).as("a new history").isNull();
      assertThat(held.proves(first.id())).isFalse();
      assertThat(held.proves(second.id())).isEqualTo(!second.id().equals(first.id()));
    }
  }

  private String ask(String command) throws IOException {
    Writer in = shell.outputWriter();
    in.write(command + "\n");
    in.flush();
    BufferedReader out = shell.inputReader();
    return String.valueOf(out.readLine());
  }
}

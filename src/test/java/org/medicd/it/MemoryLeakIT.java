package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.it.RunningDaemon.inState;
import static org.medicd.it.RunningDaemon.rungs;
import static org.medicd.it.TestProcess.BY_TERM;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three programs with much memory, of which one leaks. */
@Tag("once")
class MemoryLeakIT {
  private static final Duration LONG = Duration.ofSeconds(45);

  /** None of them may ever have more than 1 GiB; anonymous pages count once they are written. */
  private static final String BOUNDED =
      """
      import mmap, resource, time
      resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
      MIB = 1 << 20
      def private(mib): return mmap.mmap(-1, mib * MIB, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
      def fill(area, start, end):
          for at in range(start, end, MIB): area[at:at + MIB] = b'x' * MIB
      """;

  private static final String LEAKS =
      BOUNDED
          + """
          kept = []
          while True:
              area = private(2)
              fill(area, 0, 2 * MIB)
              kept.append(area)
              time.sleep(0.1)
          """;

  private static final String GROWS_AND_FALLS =
      BOUNDED
          + """
          base = private(100)
          fill(base, 0, 100 * MIB)
          while True:
              young = private(200)
              for part in range(20):
                  fill(young, part * 10 * MIB, (part + 1) * 10 * MIB)
                  time.sleep(0.15)
              young.close()
          """;

  private static final String LOADS_AND_STAYS =
      BOUNDED
          + """
          cache = private(150)
          fill(cache, 0, 150 * MIB)
          time.sleep(600)
          """;

  @TempDir Path folder;

  @Test
  void endsTheOneThatLeaksAndNoOther() throws Exception {
    Path leaky = TestProcess.python(folder, "leaky");
    Path collected = TestProcess.python(folder, "collected");
    Path cached = TestProcess.python(folder, "cached");
    String yaml =
        """
        mode: act
        tick: 250ms
        scope: { processes: [%s, %s, %s] }
        limits:
          memory-leak:
            { window: 10s, growth-per-hour: 1GiB, min-rss: 64MiB, for: 2s, used-percent: 0 }
        """
            .formatted(leaky, collected, cached);
    try (RunningDaemon daemon = RunningDaemon.start(folder, yaml);
        TestProcess sawtooth = TestProcess.run(collected, GROWS_AND_FALLS);
        TestProcess large = TestProcess.run(cached, LOADS_AND_STAYS);
        TestProcess leak = TestProcess.run(leaky, LEAKS)) {
      assertThat(leak.exitStatus(LONG, daemon)).isEqualTo(BY_TERM);
      JsonObject incident =
          daemon.awaitIncident("memory-leak", leak.pid(), LONG, inState("recovered"));
      assertThat(rungs(incident)).containsExactly("capture allowed done", "term allowed done");

      assertThat(sawtooth.lives()).isTrue();
      assertThat(large.lives()).isTrue();
      assertThat(daemon.incident("memory-leak", sawtooth.pid())).isEmpty();
      assertThat(daemon.incident("memory-leak", large.pid())).isEmpty();
    }
  }
}

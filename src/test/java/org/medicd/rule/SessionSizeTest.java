package org.medicd.rule;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.fact.Scene;

class SessionSizeTest {
  private static final int PROCESSES = 1_000;

  private @TempDir Path path;

  /** Every process changes in each tick, one in ten is replaced, some are diagnosed and cured. */
  private static void change(Scene scene, int tick) {
    for (int i = 0; i < PROCESSES; i++) {
      long started = i % 10 == 0 ? 1_000 + tick : 1_000;
      double cpu = i % 50 == 1 ? (tick % 100 < 80 ? 99 : 1) : (i + tick) % 50;
      scene.has(10 + i, p -> p.startTicks(started).cpu(cpu));
    }
  }

  @Test
  void aThousandProcessesLeaveNothingBehind() {
    Scene scene = new Scene();
    try (RuleEngine engine = new RuleFolder(path).engine(Path.of("rules"))) {
      change(scene, 0);
      engine.consider(scene.after(ofSeconds(1)));
      scene.hostCpu(1).memoryUsed(1);
      change(scene, 90);
      engine.consider(scene.after(ofSeconds(1)));
      long facts = engine.facts();
      for (int tick = 0; tick < 200; tick++) {
        change(scene, tick);
        engine.consider(scene.after(ofSeconds(1)));
      }
      assertThat(engine.facts()).isGreaterThan(facts - 1);
      change(scene, 90);
      assertThat(engine.consider(scene.after(ofSeconds(1))).findings()).isEmpty();
      assertThat(engine.facts()).isEqualTo(facts);
    }
  }
}

package org.medicd.record.flight;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.medicd.fact.Scene;
import org.medicd.fact.Snapshot;
import org.medicd.plan.Mode;

/**
 * Writes a recording of a day for the bench of replays: 500 processes, of which 30 stir in each
 * tick of a second, and one that runs away once an hour.
 */
public final class DayOfTicks {
  private static final int PROCESSES = 500;
  private static final int STIRRING = 30;
  private static final int TICKS = 86_400;
  private static final int HOUR = 3_600;
  private static final int SEGMENT = 180;

  private DayOfTicks() {}

  public static void main(String[] arguments) throws IOException {
    Random random = new Random(1);
    Scene scene = new Scene().memoryUsed(50);
    for (int pid = 10; pid < 10 + PROCESSES; pid++) {
      scene.has(pid, p -> p.named("worker").unit("w.service"));
    }
    try (OutputStream file =
        new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[0])), 1 << 20)) {
      Segment segment = null;
      for (int tick = 0; tick < TICKS; tick++) {
        Set<Integer> stirred = new HashSet<>(Set.of(9));
        for (int i = 0; i < STIRRING; i++) {
          double cpu = random.nextInt(300) / 10.0;
          int pid = 10 + random.nextInt(PROCESSES);
          scene.has(pid, p -> p.named("worker").unit("w.service").cpu(cpu));
          stirred.add(pid);
        }
        double runaway = tick % HOUR < 120 ? 99.0 : 1.0;
        scene.has(9, p -> p.named("spin").cpu(runaway)).hostCpu(random.nextInt(400) / 10.0);
        Snapshot seen = with(stirred, scene.after(Duration.ofSeconds(1)));
        if (segment == null || tick % SEGMENT == 0) {
          segment = new Segment(file, head(seen));
        }
        segment.write(seen, List.of());
      }
    }
  }

  private static Snapshot with(Set<Integer> stirred, Snapshot seen) {
    return new Snapshot(
        seen.at(),
        seen.elapsed(),
        seen.host(),
        seen.processes(),
        stirred,
        seen.units(),
        seen.facts(),
        seen.aspects(),
        seen.gaps());
  }

  private static FlightHead head(Snapshot seen) {
    return new FlightHead("bench", "bench", "boot", Duration.ofSeconds(1), Mode.ACT, seen.at());
  }
}

package org.medicd.collect.control;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.medicd.collect.ProcTree;
import org.medicd.collect.census.Census;
import org.medicd.collect.census.CensusSettings;
import org.medicd.collect.census.NumaNodes;
import org.medicd.fact.Asked;
import org.medicd.fact.Cgroup;
import org.medicd.fact.Snapshot;
import org.medicd.linux.proc.HeldStats;
import org.medicd.record.Json;

/**
 * Runs a census, as the daemon does, for some seconds, and prints what it saw each second of one
 * control group: a line of JSON, or of the gaps. To be run inside a lab.
 */
final class ControlInLab {
  private ControlInLab() {}

  /**
   * @param arguments the group's path, and how many seconds
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    HeldStats held = HeldStats.withinOpenFilesLimit();
    CensusSettings settings =
        new CensusSettings(
            Duration.ofSeconds(1),
            1 << 28,
            Duration.ofMinutes(10),
            1,
            Path.of("/etc/passwd"),
            new NumaNodes(Map.of()));
    CgroupsCollector collector =
        new CgroupsCollector(new ProcTree(Path.of("/proc")), System::nanoTime);
    try (Census census =
        new Census(
            Path.of("/proc"),
            held,
            settings,
            System::nanoTime,
            InstantSource.system(),
            Map::of,
            List.of(collector))) {
      census.ask(
          new Asked(
              Map.of("Cgroup", Set.of("cpu", "memory", "events", "pids", "pressure", "frozen"))));
      for (int second = 0; second < Integer.parseInt(arguments[1]); second++) {
        Snapshot seen = census.look();
        seen.all(Cgroup.class).stream()
            .filter(group -> group.path().equals(arguments[0]))
            .forEach(group -> System.out.println(Json.write(group)));
        System.err.println(seen.gaps());
        TimeUnit.SECONDS.sleep(1);
      }
    }
    System.exit(0);
  }
}

package org.medicd.rule;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.fact.Births;
import org.medicd.fact.BlockDevice;
import org.medicd.fact.Cgroup;
import org.medicd.fact.DeviceId;
import org.medicd.fact.Fact;
import org.medicd.fact.Filesystem;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.Growth;
import org.medicd.fact.KernelEvent;
import org.medicd.fact.KernelEventKind;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Scene;
import org.medicd.fact.Sockets;
import org.medicd.fact.Unit;
import org.medicd.fact.UnitId;
import org.medicd.plan.Symptom;

/** Rules can match each kind of fact, and reach into its groups. */
class EveryFactTest {
  private static final List<String> PATTERNS =
      List.of(
          "BlockDevice( awaitAvg10Millis > 100, name == \"sda\" )",
          "Filesystem( usedPercent >= 95, !readOnly, mountPoint == \"/var\", hoursUntilFull < 24 )",
          "Sockets( closeWait > 100 )",
          "Births( perSecond > 50, exact )",
          "KernelEvent( kind == KernelEventKind.OOM_KILL, comm == \"java\", unit == \"app.service\" )",
          "Cgroup( memory.percentOfMax > 90 || events.oomKill.since > 0 )",
          "Proc( io.writeBytesPerSecond > 1, holdings.openFilesPercent > 2, family.processes > 3,"
              + " scheduling.policy == \"rr\", memoryGrowth.confidence > 0.5 )",
          "Host( memory.dirtyBytes > 1, tasks.pidsUsedPercent > 50, cpu.loadPerCpu > 2 )",
          "NetLink( usedAvg10 > 80, carrier == true )",
          "Unit( activeState == \"failed\", recentRestarts >= limits.number(\"unit-flapping\", \"restarts\"), allowance.memoryMaxBytes > 0 )",
          "Pressure( resource == \"io\", some.avg10 > 20 )",
          "Unit( ties.stopsToo contains \"db.service\" )");

  @TempDir Path path;

  private RuleEngine engine() {
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < PATTERNS.size(); i++) {
      rules.append(
          "rule \"%d\" when %s then insertLogical(new Symptom(\"%d\", new HostId())); end\n"
              .formatted(i, PATTERNS.get(i), i));
    }
    return new RuleFolder(path).file("r.drl", rules.toString()).engine();
  }

  @Test
  void isMatchedAndAskedFor() {
    List<Fact> facts =
        List.of(
            new BlockDevice(
                new DeviceId("sda"),
                null,
                1.0,
                1.0,
                null,
                150.0,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0),
            new Filesystem(
                new FilesystemId("/var", "/dev/sda1"),
                "ext4",
                100,
                97,
                3,
                97.0,
                null,
                false,
                false,
                null,
                new Growth(1.0, 1.0, 36_000.0)),
            new Sockets(new ProcessId(7, 1), 200, 1, 199, 0, 0, 0, 0),
            new Births(new UnitId("a.service"), "sh", "true", 80, true),
            new KernelEvent(
                5,
                KernelEventKind.OOM_KILL,
                Scene.START,
                3,
                1,
                77,
                "java",
                null,
                null,
                null,
                null,
                "app.service",
                "Out of memory"));
    try (RuleEngine engine = engine()) {
      Scene scene = new Scene();
      facts.forEach(scene::fact);
      scene.unit(Unit.inState("unknown.service", "active", "running", "list", "loaded"));
      assertThat(engine.consider(scene.after(ofSeconds(1))).symptoms().stream().map(Symptom::name))
          .containsExactlyInAnyOrder("0", "1", "2", "3", "4");
      assertThat(engine.setAside()).as("unknown matches nothing").isEmpty();
      scene.unit(
          Unit.inState("store.service", "active", "running", "bus", "loaded")
              .tied(new Unit.Ties(null, List.of("db.service"), null)));
      assertThat(engine.consider(scene.after(ofSeconds(1))).holds("11")).isTrue();
      assertThat(engine.asked().about(Cgroup.class, "memory.percentOfMax")).isTrue();
      assertThat(engine.asked().about(BlockDevice.class)).isTrue();
      facts.forEach(scene::noFact);
      scene.unit("store.service", "active");
      assertThat(engine.consider(scene.after(ofSeconds(1))).symptoms()).isEmpty();
    }
  }
}

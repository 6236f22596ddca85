package org.medicd.collect.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.collect.Gaps;
import org.medicd.collect.Scene;
import org.medicd.fact.Asked;
import org.medicd.fact.Gap;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcessMaker;
import org.medicd.fact.Unit;
import org.medicd.linux.systemd.SystemdBus;
import org.medicd.linux.systemd.UnitWatch;

@Timeout(20)
class UnitsCollectorTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Asked ABOUT_UNITS = new Asked(Map.of("Unit", Set.of("activeState")));

  private final Map<Integer, Proc> processes =
      Map.of(
          1, new ProcessMaker(1).unit("web.service").make(),
          2, new ProcessMaker(2).unit("web.service").make(),
          3, new ProcessMaker(3).unit("init.scope").make(),
          4, new ProcessMaker(4).make());

  @TempDir Path folder;

  @Test
  void tellsUnitsByTheirProcessesWhereThereIsNoBus() {
    try (SystemdBus noBus = new SystemdBus("unix:path=" + folder.resolve("none"));
        UnitWatch watch = new UnitWatch(noBus, Duration.ofMillis(50), SECOND)) {
      UnitsCollector collector = new UnitsCollector(watch);
      assertThat(collector.look(scene())).isEmpty();

      collector.ask(ABOUT_UNITS);
      await().until(() -> !watch.gaps().isEmpty());

      assertThat(collector.look(scene()))
          .containsExactly(Unit.inState("web.service", "active", "unknown", "cgroups", null));
      assertThat(watch.current()).isEmpty();
      assertThat(watch.gaps()).extracting(Gap::subject).containsExactly("all units");

      collector.ask(Asked.NOTHING);
      await().until(() -> watch.gaps().isEmpty());
      assertThat(collector.look(scene())).isEmpty();
    }
  }

  private Scene scene() {
    return new Scene(0, Instant.EPOCH, processes, List.of(), Set.of(), new Gaps());
  }
}

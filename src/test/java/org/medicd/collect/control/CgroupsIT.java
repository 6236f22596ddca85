package org.medicd.collect.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.medicd.fact.Cgroup;
import org.medicd.lab.NeedsSystemd;
import org.medicd.lab.Result;
import org.medicd.lab.SystemdLab;
import org.medicd.record.Json;

/** The control groups of units of a real systemd, hybrid and unified. */
@NeedsSystemd
@Tag("alone")
@Tag("once")
class CgroupsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void seesLimitsUsageAndAnOomKillOnAHybridHost() {
    try (SystemdLab lab = SystemdLab.boot("--hybrid")) {
      lab.write(
          Path.of("/run/bound.sh"),
          """
          while :; do :; done &
          while sleep 1; do perl -e 'my $x = 7 x (200 << 20)'; done
          """);
      lab.unitFile("bound.slice", "[Slice]", "TasksMax=60");
      lab.unitFile(
          "bound.service",
          "[Service]",
          "Slice=bound.slice",
          "MemoryMax=64M",
          "CPUQuota=20%",
          "TasksMax=70",
          "ExecStart=/bin/sh /run/bound.sh",
          "OOMPolicy=continue");
      lab.systemctl("start", "bound.service");

      List<Cgroup> seen = watch(lab, "/bound.slice/bound.service", 12);

      Cgroup last = seen.get(seen.size() - 1);
      assertThat(last.unit()).isEqualTo("bound.service");
      assertThat(last.memory().maxBytes()).isEqualTo(64L << 20);
      assertThat(last.memory().currentBytes()).isBetween(4096L, 64L << 20);
      assertThat(last.cpu().quotaPercent()).isEqualTo(20);
      assertThat(last.cpu().avg10()).isBetween(10.0, 30.0);
      assertThat(last.cpu().throttledPercent()).isGreaterThan(50);
      assertThat(last.pids().max()).isEqualTo(60);
      assertThat(last.pids().current()).isBetween(2L, 9L);
      assertThat(last.frozen()).isFalse();
      assertThat(last.events().oomKill().total()).isPositive();
      assertThat(last.events().max().total()).isPositive();
      assertThat(seen)
          .anySatisfy(
              group -> assertThat(group.events().oomKill().since()).isNotNull().isPositive());
      String counted =
          lab.run(
                  LIMIT,
                  "sed",
                  "-n",
                  "s/^oom_kill //p",
                  "/sys/fs/cgroup/memory/bound.slice/bound.service/memory.oom_control")
              .expectSuccess();
      assertThat(Objects.requireNonNull(last.events().oomKill().total()))
          .isBetween(1L, Long.parseLong(counted));
    }
  }

  @Test
  void seesAFrozenUnitOnAUnifiedHost() {
    try (SystemdLab lab = SystemdLab.boot()) {
      lab.unitFile("cold.service", "[Service]", "ExecStart=/bin/sleep 1000");
      lab.systemctl("start", "cold.service");
      assertThat(watch(lab, "/system.slice/cold.service", 2))
          .allSatisfy(
              group -> {
                assertThat(group.frozen()).isFalse();
                assertThat(group.populated()).isTrue();
                assertThat(group.pressure().cpu().someAvg10()).isNotNull();
                assertThat(group.memory()).isEqualTo(Cgroup.Memory.UNKNOWN);
              });

      lab.systemctl("freeze", "cold.service");
      assertThat(watch(lab, "/system.slice/cold.service", 2))
          .allSatisfy(group -> assertThat(group.frozen()).isTrue());
      lab.systemctl("thaw", "cold.service");
    }
  }

  private static List<Cgroup> watch(SystemdLab lab, String path, int seconds) {
    Result result = lab.java(LIMIT, ControlInLab.class, path, String.valueOf(seconds));
    List<Cgroup> seen =
        result.expectSuccess().lines().map(line -> Json.read(line, Cgroup.class)).toList();
    assertThat(seen).as("what was seen of " + path + ": " + result.err()).isNotEmpty();
    return seen;
  }
}

package org.medicd.collect.census;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.linux.cgroup.Hierarchies;

class CpuGroupsTest {
  @TempDir Path folder;
  private CpuGroups groups;
  private long tick;

  @BeforeEach
  void begin() throws Exception {
    usage("a.service", 0);
    usage("a.service/below", 0);
    usage("b.service", 0);
    String mounts = "30 23 0:26 / %s rw - cgroup2 cgroup2 rw\n".formatted(folder);
    groups = new CpuGroups(Hierarchies.parse(mounts, ""));
  }

  @AfterEach
  void close() {
    groups.close();
  }

  private void usage(String group, long micros) throws Exception {
    Path stat = Files.createDirectories(folder.resolve(group)).resolve("cpu.stat");
    Files.writeString(stat, "usage_usec %d\nuser_usec 0\n".formatted(micros));
  }

  private CpuGroup joined(String path) {
    return Objects.requireNonNull(groups.move(null, groups.key(Map.of("", path))));
  }

  private boolean tick() {
    boolean felt = groups.feel(++tick);
    return felt;
  }

  @Test
  void feelAMemberThatWakes() throws Exception {
    CpuGroup a = joined("/a.service");
    CpuGroup b = joined("/b.service");
    assertThat(tick()).isFalse();
    groups.settle(tick);
    usage("b.service", 900_000);
    assertThat(tick()).isTrue();
    assertThat(b.isFelt()).isTrue();
    assertThat(a.isFelt()).isFalse();
  }

  @Test
  void feelNothingWhereThoseLookedAtExplainIt() throws Exception {
    CpuGroup a = joined("/a.service");
    joined("/a.service");
    tick();
    groups.settle(tick);
    usage("a.service", 900_000);
    a.explain(890_000);
    assertThat(tick()).isFalse();
  }

  @Test
  void aGroupWithOthersBelowIsNotJudgedByTheirTime() throws Exception {
    CpuGroup above = joined("/a.service");
    CpuGroup below = joined("/a.service/below");
    tick();
    groups.settle(tick);
    usage("a.service", 900_000);
    usage("a.service/below", 900_000);
    assertThat(tick()).isTrue();
    assertThat(below.isFelt()).isTrue();
    assertThat(above.isFelt()).isFalse();
  }

  @Test
  void theRootIsNoGroupAndAnEmptyOneIsForgotten() {
    assertThat(groups.key(Map.of("", "/"))).isNull();
    CpuGroup a = joined("/a.service");
    CpuGroup same = joined("/a.service");
    assertThat(same).isSameAs(a);
    groups.move(a, null);
    assertThat(groups.size()).isEqualTo(1);
    groups.move(a, null);
    assertThat(groups.size()).isZero();
  }
}

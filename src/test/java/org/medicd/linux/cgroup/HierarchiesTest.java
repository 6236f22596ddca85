package org.medicd.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HierarchiesTest {
  private static final String V2 =
      "30 22 0:27 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";
  private static final String HYBRID =
      "30 22 0:27 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755\n"
          + "31 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct\n"
          + "32 30 0:29 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd\n"
          + "40 30 0:37 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";

  @Test
  void findsTheUnifiedHierarchy() {
    Hierarchies found = Hierarchies.parse(V2, "");
    assertThat(found.unified()).isEqualTo(new Hierarchy("/sys/fs/cgroup", "/"));
    assertThat(found.byController()).isEmpty();
    assertThat(found.of("memory")).isEqualTo(found.unified());
  }

  @Test
  void findsThoseOfV1ByController() {
    Hierarchies found = Hierarchies.parse(HYBRID, "/copy");
    assertThat(found.of("cpuacct"))
        .isEqualTo(new Hierarchy("/copy/sys/fs/cgroup/cpu,cpuacct", "/"));
    assertThat(found.isLegacy("name=systemd")).isTrue();
    assertThat(found.isLegacy("memory")).isFalse();
    assertThat(found.of("memory")).isEqualTo(found.unified());
  }

  @Test
  void prefersTheMountThatShowsMore() {
    String part = "29 22 0:27 /docker/1a /run/part rw - cgroup2 cgroup2 rw\n";
    assertThat(Hierarchies.parse(part + V2, "").unified())
        .isEqualTo(new Hierarchy("/sys/fs/cgroup", "/"));
    assertThat(Hierarchies.parse(V2 + part, "").unified())
        .isEqualTo(new Hierarchy("/sys/fs/cgroup", "/"));
  }

  @Test
  void findsGroupsInAMountOfAPart() {
    Hierarchy part = new Hierarchy("/cg", "/docker/1a");
    assertThat(part.folder("/docker/1a")).isEqualTo("/cg");
    assertThat(part.folder("/docker/1a/web")).isEqualTo("/cg/web");
    assertThat(part.folder("/docker/1ab")).isNull();
    assertThat(part.folder("/other")).isNull();
    assertThat(part.above("/docker/1a")).isNull();
    assertThat(part.above("/docker/1a/web")).isEqualTo("/docker/1a");
  }

  @Test
  void hasNoFolderForAGroupOutsideOfTheNamespace() {
    assertThat(new Hierarchy("/cg", "/").folder("/../other")).isNull();
    assertThat(new Hierarchy("/cg", "/").folder("/")).isEqualTo("/cg");
    assertThat(new Hierarchy("/cg", "/").above("/a")).isEqualTo("/");
    assertThat(new Hierarchy("/cg", "/").above("/")).isNull();
  }

  @Test
  void passesOverWhatIsNoMount() {
    assertThat(Hierarchies.parse(" - cgroup\n1 2 3 - cgroup2 x\n\n", ""))
        .isEqualTo(Hierarchies.parse("", ""));
  }
}

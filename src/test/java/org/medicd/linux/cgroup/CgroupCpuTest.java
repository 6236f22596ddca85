package org.medicd.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.lab.NeedsRoot;
import org.medicd.linux.proc.MalformedKernelFile;

class CgroupCpuTest {
  @TempDir Path folder;

  @Test
  void readsTheUnifiedHierarchyFirst() throws Exception {
    group("v2/a.service", "cpu.stat", "usage_usec 1234\nuser_usec 1\n");
    group("v1/a.service", "cpuacct.usage", "77000\n");
    assertThat(usage("/a.service", "/a.service")).isEqualTo(1234);
    assertThat(usage(null, "/a.service")).isEqualTo(77);
    assertThat(usage("/b.service", "/a.service")).isEqualTo(77);
  }

  @Test
  void isNotThereWithoutTheGroup() throws Exception {
    assertThat(CgroupCpu.open(hierarchies(), "/none", null)).isNull();
    assertThat(CgroupCpu.open(new Hierarchies(null, Map.of()), "/a", "/a")).isNull();
  }

  @Test
  void refusesWhatIsNoUsage() throws Exception {
    group("v2/odd", "cpu.stat", "user_usec 1\n");
    assertThatThrownBy(() -> usage("/odd", null)).isInstanceOf(MalformedKernelFile.class);
    group("v2/none", "cpu.stat", "");
    assertThatThrownBy(() -> usage("/none", null)).isInstanceOf(MalformedKernelFile.class);
  }

  @Test
  @NeedsRoot
  void tellsARemovedGroupApartAlsoFromALaterOneOfItsPath() throws Exception {
    Hierarchies real = Hierarchies.parse(Files.readString(Path.of("/proc/self/mountinfo")), "");
    Hierarchy unified = Objects.requireNonNull(real.unified());
    String path = "/medicd-test-" + ProcessHandle.current().pid();
    Path group = Path.of(Objects.requireNonNull(unified.folder(path)));
    Files.createDirectory(group);
    try (CgroupCpu cpu = Objects.requireNonNull(CgroupCpu.open(real, path, null))) {
      assertThat(cpu.usageMicros()).isZero();
      Files.delete(group);
      assertThat(cpu.usageMicros()).isEqualTo(CgroupCpu.GONE);
      Files.createDirectory(group);
      assertThat(cpu.usageMicros()).isEqualTo(CgroupCpu.GONE);
    } finally {
      Files.deleteIfExists(group);
    }
  }

  private long usage(@Nullable String pathV2, @Nullable String pathV1) throws IOException {
    try (CgroupCpu cpu = Objects.requireNonNull(CgroupCpu.open(hierarchies(), pathV2, pathV1))) {
      return cpu.usageMicros();
    }
  }

  private Hierarchies hierarchies() {
    return new Hierarchies(
        new Hierarchy(folder + "/v2", "/"), Map.of("cpuacct", new Hierarchy(folder + "/v1", "/")));
  }

  private void group(String path, String file, String content) throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve(path)).resolve(file), content);
  }
}

package org.medicd.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CgroupTest {
  @Test
  void prefersTheUnifiedHierarchy() throws Exception {
    assertThat(CgroupFile.parse("1:name=systemd:/old\n0::/system.slice/a.service\n"))
        .isEqualTo("/system.slice/a.service");
  }

  @Test
  void takesSystemdsOwnWhereTheUnifiedOneIsUnused() throws Exception {
    assertThat(CgroupFile.parse("4:cpu:/x\n1:name=systemd:/system.slice/a.service\n0::/\n"))
        .isEqualTo("/system.slice/a.service");
    assertThat(CgroupFile.parse("1:name=systemd:/init.scope\n")).isEqualTo("/init.scope");
    assertThat(CgroupFile.parse("0::/\n")).isEqualTo("/");
  }

  @Test
  void keepsColonsAndDeepPaths() throws Exception {
    assertThat(CgroupFile.parse("0::/a:name=systemd:/b\n")).isEqualTo("/a:name=systemd:/b");
  }

  @Test
  void refusesAFileWithoutEither() {
    assertThatThrownBy(() -> CgroupFile.parse("4:cpu:/x\n"))
        .isInstanceOf(MalformedKernelFile.class);
  }

  @Test
  void tellsThePathInEveryHierarchy() {
    assertThat(
            CgroupFile.paths(
                "9:name=systemd:/a\n4:cpu,cpuacct:/b:c\nnonsense\n:x:/y\n5:pids:relative\n0::/\n"))
        .isEqualTo(Map.of("name=systemd", "/a", "cpu", "/b:c", "cpuacct", "/b:c", "", "/"));
  }

  @ParameterizedTest
  @CsvSource({
    "/system.slice/nginx.service, nginx.service",
    "/system.slice/nginx.service/worker/1, nginx.service",
    "/system.slice/system-getty.slice/getty@tty1.service, getty@tty1.service",
    "/system.slice/_cpu.service, cpu.service",
    "/system.slice/a\\x2db.service, a\\x2db.service",
    "/system.slice/dev-hugepages.mount, dev-hugepages.mount",
    "/init.scope, init.scope",
    "/user.slice/user-1000.slice/session-3.scope, session-3.scope",
    "/user.slice/user-1000.slice/user@1000.service/app.slice/mail.service, user@1000.service",
    "/odd.service, odd.service",
    "/machine.slice/libpod-1a.scope/container/system.slice/x.service, libpod-1a.scope"
  })
  void namesTheUnitAsSystemdDoes(String path, String unit) {
    assertThat(UnitName.ofCgroup(path)).isEqualTo(unit);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "",
        "/system.slice",
        "/user.slice/user-1000.slice",
        "/docker/1a2b",
        "/docker/1a2b/system.slice/x.service",
        "/.service",
        "/a b.service",
        "/../x.service"
      })
  void namesNoUnitWhereThereIsNone(String path) {
    assertThat(UnitName.ofCgroup(path)).isNull();
  }
}

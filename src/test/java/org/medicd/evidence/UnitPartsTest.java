package org.medicd.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.fact.Gap;
import org.medicd.linux.TrustedPrograms;

/** What is captured of a unit, with scripts in place of systemd's programs. */
class UnitPartsTest {
  private static final Duration TEN_SECONDS = Captures.DEADLINE;

  @TempDir Path temp;
  private Path bin;
  private Path folder;
  private int captured;
  private FakeProc fake;

  @BeforeEach
  void prepare() throws IOException {
    bin = Files.createDirectory(temp.resolve("bin"));
    folder = temp;
    fake = new FakeProc(temp.resolve("proc"));
  }

  @Test
  void asksSystemdAndItsJournalAndMasksWhatTheySay() throws Exception {
    script("systemctl", "echo \"$*\"; echo 'ExecStart={ argv[]=/bin/app --token hunter2 ; }'");
    script("journalctl", "echo \"$*\"; echo '12:00 app: password=hunter2'");

    CaptureReport report = capture("app@1.service");

    assertThat(report.gaps()).isEmpty();
    assertThat(text("unit.txt"))
        .startsWith("show -p Id,Description,")
        .contains(" -- app@1.service\n", "--token ***")
        .doesNotContain("hunter2", "Environment");
    assertThat(text("journal.txt"))
        .isEqualTo(
            "--unit=app@1.service --lines=200 --output=short-iso --no-hostname --no-pager --quiet\n"
                + "12:00 app: password=***\n");
    assertThat(text("summary.txt")).startsWith("unit: app@1.service\nprocess: none\n");
  }

  @Test
  void whatIsNoNameOfAUnitIsNotAsked() throws Exception {
    script("systemctl", "echo asked");
    script("journalctl", "echo asked");

    assertThat(capture("*").files()).isEmpty();
    assertThat(capture("--help").files()).isEmpty();
    assertThat(capture("a b.service").files()).isEmpty();
  }

  @Test
  void tellsWhyAProgramDidNotAnswer() throws Exception {
    script("systemctl", "echo 'System has not been booted; password=hunter2' >&2; exit 1");

    CaptureReport report = capture("app.service");

    assertThat(report.files()).isEmpty();
    assertThat(report.gaps())
        .contains(
            new Gap(
                "unit",
                "app.service",
                "systemctl ended with status 1: System has not been booted; password=***"))
        .anySatisfy(gap -> assertThat(gap.reason()).contains("journalctl is not installed in"));
  }

  @Test
  void aJournalThatHangsCostsItsTimeAndLeavesWhatCame() throws Exception {
    script("systemctl", "echo Id=app.service");
    script("journalctl", "echo first; sleep 1000");

    CaptureReport report = capture("app.service");

    assertThat(text("unit.txt")).isEqualTo("Id=app.service\n");
    assertThat(text("journal.txt")).isEqualTo("first\n");
    assertThat(report.gaps())
        .containsExactly(
            new Gap("journal", "app.service", "journalctl was not ready within 3000 ms"));
    assertThat(report.elapsed()).isLessThan(Duration.ofSeconds(6));
  }

  @Test
  void aJournalWithoutEndIsCut() throws Exception {
    script("systemctl", "echo Id=app.service");
    script("journalctl", "yes 'a line of the journal' | head -n 100000");

    CaptureReport report = capture("app.service");

    assertThat(report.files())
        .contains(new CaptureReport.Captured("journal.txt", 256 * 1024 + 1, true));
  }

  @Test
  void tellsTheGroupOfAUnitAndNotTheOneBelow() throws Exception {
    Path mount = Files.createDirectory(temp.resolve("cgroup"));
    fake.write("../self/mountinfo", "30 24 0:26 / " + mount + " rw - cgroup2 cgroup2 rw\n");
    fake.write("cgroup", "0::/system.slice/app.service/worker\n");
    Path group = Files.createDirectories(mount.resolve("system.slice/app.service"));
    Files.createDirectory(group.resolve("worker"));
    Files.writeString(group.resolve("worker/memory.current"), "5\n");
    Files.writeString(group.resolve("memory.current"), "4096\n");
    Files.writeString(group.resolve("memory.events"), "low 0\noom_kill 3\n");

    String unit = take(new ControlGroup(scene(), "app.service"));
    String own = take(new ControlGroup(scene(), null));

    assertThat(unit)
        .isEqualTo(
            group + "\n  memory.current: 4096\n  memory.events:\n    low 0\n    oom_kill 3\n");
    assertThat(own).isEqualTo(group + "/worker\n  memory.current: 5\n");
    assertThat(take(new ControlGroup(scene(), "other.service"))).isEmpty();
  }

  @Test
  void tellsTheGroupsOfEachHierarchyOfTheFirstVersion() throws Exception {
    Path memory = Files.createDirectory(temp.resolve("memory"));
    Path cpu = Files.createDirectory(temp.resolve("cpu"));
    fake.write(
        "../self/mountinfo",
        "30 24 0:26 / "
            + memory
            + " rw - cgroup cgroup rw,memory\n"
            + "31 24 0:27 / "
            + cpu
            + " rw - cgroup cgroup rw,cpu,cpuacct\n");
    fake.write("cgroup", "2:memory:/app.service\n1:cpu,cpuacct:/app.service\n");
    Files.writeString(
        Files.createDirectory(memory.resolve("app.service")).resolve("memory.failcnt"), "7\n");
    Files.writeString(
        Files.createDirectory(cpu.resolve("app.service")).resolve("cpuacct.usage"), "8\n");

    assertThat(take(new ControlGroup(scene(), "app.service")))
        .contains(memory + "/app.service\n  memory.failcnt: 7\n", "  cpuacct.usage: 8\n");
  }

  @Test
  void theGroupOfThisVeryProcessIsReadable() throws Exception {
    try (Child child = Child.sleeping()) {
      assertThat(take(new ControlGroup(new Scene(Path.of("/proc"), child.id()), null)))
          .containsAnyOf("cpu.stat:", "memory.usage_in_bytes:", "cpuacct.usage:");
    }
  }

  @Test
  void saysThatAProcessWithoutAGroupFileCannotBeTold() throws IOException {
    Files.delete(fake.folder.resolve("cgroup"));
    fake.write("../self/mountinfo", "");

    assertThatThrownBy(() -> take(new ControlGroup(scene(), null))).isInstanceOf(IOException.class);
  }

  private Scene scene() {
    return new Scene(fake.root, FakeProc.ID);
  }

  private CaptureReport capture(String unit) throws Exception {
    Captures captures =
        new Captures(fake.root, new TrustedPrograms(List.of(bin)), new Cont(), System::nanoTime);
    folder = temp.resolve("state/evidence/incident-3/" + captured++);
    return captures.capture(new UnitTarget(unit, null), folder, TEN_SECONDS);
  }

  private void script(String name, String commands) throws IOException {
    Path script = bin.resolve(name);
    Files.writeString(script, "#!/bin/sh\n" + commands + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  private static String take(Part part) throws Exception {
    Sheet sheet = new Sheet(100_000);
    part.take(sheet);
    return new String(sheet.content(), StandardCharsets.UTF_8);
  }
}

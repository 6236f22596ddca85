package org.medicd.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.fact.BlockDevice;
import org.medicd.fact.DeviceId;
import org.medicd.fact.Filesystem;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.Growth;
import org.medicd.fact.KernelEvent;
import org.medicd.fact.KernelEventKind;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcState;
import org.medicd.fact.ProcessMaker;
import org.medicd.fact.Scene;
import org.medicd.fact.Snapshot;
import org.medicd.linux.TrustedPrograms;

/** The host's picture, as it stands in the evidence. */
class HostPartsTest {
  private static final FilesystemId NAS = new FilesystemId("/mnt/nas", "nas:/export");

  @TempDir Path temp;
  private final Scene host = new Scene();
  private FakeProc fake;

  @BeforeEach
  void prepare() throws IOException {
    fake = new FakeProc(temp.resolve("proc"));
  }

  @Test
  void listsWhoUsesMostWithSecretsMasked() throws Exception {
    host.has(1, proc -> proc.named("init").cpu(null))
        .has(7, proc -> proc.named("idle"))
        .has(8, proc -> proc.named("busy").cpu(97.5).commandLine("busy --token hunter2"))
        .has(9, proc -> proc.named("busier").cpu(180.0).unit("b.service").moves(10, 20));

    String text = take(new TopProcesses(seen(), 20));

    List<String> byCpu = section(text, "by CPU over 10 s:");
    assertThat(byCpu).hasSize(2);
    assertThat(byCpu.get(0)).contains("      9 someone", " 180.0 ", "b.service, /usr/bin/busier");
    assertThat(byCpu.get(1)).contains("      8 someone", "  97.5 ", "-, busy --token ***");
    assertThat(section(text, "by memory:")).hasSize(4);
    assertThat(section(text, "by what they read and write:")).hasSize(1);
    assertThat(text).startsWith("4 processes, 0 zombies, 0 blocked; CPUs 95.0 % busy");
  }

  @Test
  void listsSoManyAndNoMore() throws Exception {
    for (int pid = 100; pid < 150; pid++) {
      host.has(pid, proc -> proc.cpu(5.0));
    }

    assertThat(section(take(new TopProcesses(seen(), 20)), "by CPU over 10 s:")).hasSize(20);
  }

  @Test
  void aProcessWithoutArgumentsIsNamedInBrackets() {
    Proc worker = new ProcessMaker(2).named("kworker").commandLine("").make();

    assertThat(TopProcesses.command(worker)).isEqualTo("[kworker]");
  }

  @Test
  void tellsWhoIsBlockedAndWhereInTheKernel() throws Exception {
    host.has(17, proc -> proc.named("reader").blocked(31.4, NAS))
        .has(18, proc -> proc.named("fine").state(ProcState.SLEEPING));
    fake.write("task/17/stat", "17 (reader) S 1\n")
        .write("task/19/stat", "19 (reader) D 1\n")
        .write("task/19/stack", "[<0>] rpc_wait+0x1\n[<0>] nfs_read+0x2\n");

    assertThat(take(new BlockedTasks(fake.root, seen(), 20)))
        .isEqualTo(
            """
            1 processes are in uninterruptible sleep, or have a thread that is
              pid 17 (reader) for 31 s, waits for file system /mnt/nas (nas:/export)

            pid 17, thread 19:
              kernel stack:
                [<0>] rpc_wait+0x1
                [<0>] nfs_read+0x2
            """);
  }

  @Test
  void aProcessThatIsGoneMeanwhileCostsTheOthersNothing() throws Exception {
    host.has(16, proc -> proc.named("gone").state(ProcState.DISK_SLEEP))
        .has(17, proc -> proc.named("reader").blocked(31.4, NAS));
    fake.write("task/17/stat", "17 (reader) D 1\n").write("task/17/stack", "[<0>] io_wait+0x1\n");

    assertThat(take(new BlockedTasks(fake.root, seen(), 20)))
        .contains("pid 16: ", " is not there\n", "    [<0>] io_wait+0x1\n");
  }

  @Test
  void whereNobodyIsBlockedThereIsNothingToSay() throws Exception {
    host.has(17, proc -> proc);

    assertThat(take(new BlockedTasks(fake.root, seen(), 20))).isEmpty();
  }

  @Test
  void tellsOfDisksAndMountsWhatWasSeenAndAsksNone() throws Exception {
    Path mounts = temp.resolve("proc/self/mountinfo");
    Files.writeString(
        mounts,
        "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n"
            + "2 1 0:5 / /proc rw - proc proc rw\n"
            + "3 1 0:9 / /mnt/nas rw - nfs4 nas:/export rw\n"
            + "4 1 8:2 / /srv ro - xfs /dev/sda2 ro\n");
    host.fact(
            new BlockDevice(
                new DeviceId("sda"),
                null,
                12.5,
                null,
                null,
                null,
                99.1,
                null,
                3.0,
                100L,
                null,
                null,
                null,
                4))
        .fact(
            new Filesystem(
                new FilesystemId("/", "/dev/sda1"),
                "ext4",
                2L << 30,
                1L << 30,
                512L << 20,
                66.7,
                12.3,
                false,
                false,
                null,
                Growth.UNKNOWN))
        .gap("file systems", NAS.toString());

    assertThat(take(new Disks(fake.root, seen())))
        .isEqualTo(
            """
            sda: 99.1 % busy, await 12.5 ms, queue 3.0, read 100/s and written ?/s bytes, in flight 4
            mounted:
              /: /dev/sda1 (ext4), 512.0 of 2048.0 MiB available, 66.7 % used, inodes 12.3 % used
              /proc: proc (proc)
              /mnt/nas: nas:/export (nfs4), made for a test
              /srv: /dev/sda2 (xfs), read-only
            """);
  }

  @Test
  void tellsWhatTheKernelSaidAndWhatCannotBeSeen() throws Exception {
    host.fact(
            new KernelEvent(
                1,
                KernelEventKind.OOM_KILL,
                Scene.START,
                3,
                2,
                17,
                "app",
                null,
                null,
                null,
                null,
                null,
                "Out of memory: Killed process 17 (a\u001b[2Jpp)"))
        .gap("units", "host");

    assertThat(take(new Surroundings(seen(), 100)))
        .isEqualTo(
            "kernel, 2026-01-02T03:04:05Z, 2 times: Out of memory: Killed process 17 (a\\x1b[2Jpp)\n"
                + "not seen: units of host: made for a test\n");
  }

  @Test
  void thePictureOfThisHostIsWhole() throws Exception {
    host.has(1, proc -> proc);
    Path folder = temp.resolve("state/evidence/incident-3/0-host");
    Captures captures =
        new Captures(Path.of("/proc"), TrustedPrograms.ofThisHost(), new Cont(), System::nanoTime);

    CaptureReport report = captures.capture(seen(), folder, Captures.DEADLINE);

    assertThat(report.gaps()).isEmpty();
    assertThat(report.files())
        .extracting(CaptureReport.Captured::name)
        .containsExactly("processes.txt", "host.txt", "disks.txt");
    assertThat(folder.resolve("host.txt"))
        .content()
        .contains("loadavg:\n  ", "meminfo:\n  MemTotal:", "pressure/cpu:\n  ");
    assertThat(folder.resolve("disks.txt")).content().contains("  /: ");
    assertThat(folder.resolve("summary.txt"))
        .content()
        .startsWith("the host, seen at 2026-01-02T03:04:05Z\n");
  }

  @Test
  void whatTheKernelDoesNotHaveIsSaid() throws Exception {
    fake.write("../loadavg", "1.00 2.00 3.00 1/100 4711\n");

    assertThat(take(new HostFiles(fake.root)))
        .contains("loadavg:\n  1.00 2.00 3.00 1/100 4711\n")
        .containsPattern("pressure/cpu:\n  \\(unknown: .*pressure/cpu is not there\\)\n");
  }

  private Snapshot seen() {
    return host.after(Duration.ZERO);
  }

  /** The rows below a title. */
  private static List<String> section(String text, String title) {
    return text.lines()
        .dropWhile(line -> !line.equals(title))
        .skip(2)
        .takeWhile(line -> !line.isEmpty())
        .toList();
  }

  static String take(Part part) throws Exception {
    Sheet sheet = new Sheet(100_000);
    part.take(sheet);
    return new String(sheet.content(), StandardCharsets.UTF_8);
  }
}

package org.medicd.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.fact.Filesystem;
import org.medicd.fact.FilesystemId;
import org.medicd.fact.Growth;
import org.medicd.fact.Scene;
import org.medicd.fact.Snapshot;
import org.medicd.linux.proc.MountInfo;

/** Which files are open on a file system that is ill. */
class OpenFilesTest {
  private static final FilesystemId NAS = new FilesystemId("/mnt/nas", "nas:/export");

  @TempDir Path temp;
  private final Scene host = new Scene();
  private FakeProc fake;

  @BeforeEach
  void prepare() throws IOException {
    fake = new FakeProc(temp.resolve("proc"));
  }

  @Test
  void namesTheLargestFilesThatAreOpenOnAFileSystem() throws Exception {
    Needs.program("python3");
    String script =
        """
        import os
        log = open('%1$s/log', 'w'); log.truncate(3000); again = open('%1$s/log')
        gone = open('%1$s/gone', 'w'); gone.truncate(5000); os.remove('%1$s/gone')
        null = open('/dev/null'); pipe = os.pipe()
        open('%1$s/ready', 'w').close()
        """
            .formatted(temp);
    FilesystemId id = filesystemOf(temp);
    host.fact(filesystem(id));
    try (Child child = Child.python(script)) {
      await().until(() -> Files.exists(temp.resolve("ready")));
      int pid = child.pid();
      host.has(pid, proc -> proc.named("logger").unit("l.service"));

      String text = HostPartsTest.take(new OpenFiles(Path.of("/proc"), seen(), id, 1000, 2));

      assertThat(text)
          .endsWith(
              """
                         5000 deleted  %1$s/gone (deleted), pid %2$d (logger) of l.service
                         3000 written  %1$s/log, pid %2$d (logger) of l.service
              """
                  .formatted(temp, pid));
    }
  }

  @Test
  void asksNoFileOfAFileSystemThatDoesNotAnswer() throws Exception {
    host.has(17, proc -> proc.blocked(31.4, NAS));
    assertThat(HostPartsTest.take(new OpenFiles(fake.root, seen(), NAS, 1000, 10)))
        .isEqualTo(
            "no file was asked for its size: it did not answer when medicd looked last, or was not"
                + " looked at\n");

    host.fact(filesystem(NAS));
    assertThat(HostPartsTest.take(new OpenFiles(fake.root, seen(), NAS, 1000, 10)))
        .isEqualTo("no file was asked for its size: processes wait for it in vain\n");
  }

  @Test
  void looksAtSoManyDescriptorsOfAllProcessesAndNoMore() throws Exception {
    Files.writeString(
        temp.resolve("proc/self/mountinfo"), "1 0 0:9 / /mnt/nas rw - nfs4 nas:/export rw\n");
    fake.write("mountinfo", "");
    for (int i = 0; i < 5; i++) {
      Files.createSymbolicLink(fake.folder.resolve("fd/" + i), Path.of("pipe:[" + i + "]"));
    }
    host.has(17, proc -> proc).fact(filesystem(NAS));

    assertThat(HostPartsTest.take(new OpenFiles(fake.root, seen(), NAS, 3, 10)))
        .startsWith("only the first 3 descriptors were looked at\nopen files: 0");
  }

  private static Filesystem filesystem(FilesystemId id) {
    return new Filesystem(
        id, "ext4", 2L << 30, 1L << 30, 512L << 20, 66.7, 12.3, false, false, null, Growth.UNKNOWN);
  }

  private static FilesystemId filesystemOf(Path path) throws IOException {
    MountInfo mounted = MountInfo.parse(Files.readString(Path.of("/proc/self/mountinfo")));
    MountInfo.Mount mount = Objects.requireNonNull(mounted.of(path.toString()));
    return new FilesystemId(mount.mountPoint(), mount.source());
  }

  private Snapshot seen() {
    return host.after(Duration.ZERO);
  }
}

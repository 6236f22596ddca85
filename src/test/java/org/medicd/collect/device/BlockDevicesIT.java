package org.medicd.collect.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.collect.ProcTree;
import org.medicd.fact.BlockDevice;
import org.medicd.lab.NeedsRoot;
import org.medicd.lab.Program;

/** Beside iostat, on a loop device under load. */
@NeedsRoot
@Tag("alone")
@Tag("once")
class BlockDevicesIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;
  private String loop = "";
  private @Nullable Process load;

  @BeforeEach
  void makeADeviceUnderLoad() throws IOException {
    Path image = folder.resolve("image");
    run("truncate", "-s", "64M", image.toString());
    loop = run("losetup", "-f", "--show", image.toString());
    String write = "dd if=/dev/zero of=" + loop + " bs=64k count=500 oflag=direct status=none";
    String read = "dd if=" + loop + " of=/dev/null bs=64k count=500 iflag=direct status=none";
    load =
        new ProcessBuilder("bash", "-c", "while :; do " + write + "; " + read + "; done").start();
  }

  @AfterEach
  void endIt() throws Exception {
    Process running = load;
    if (running != null) {
      List<ProcessHandle> children = running.descendants().toList();
      running.destroyForcibly().waitFor();
      children.forEach(ProcessHandle::destroyForcibly);
      for (ProcessHandle child : children) {
        child.onExit().join();
      }
    }
    if (!loop.isEmpty()) {
      Program.run(LIMIT, List.of("losetup", "-d", loop));
    }
  }

  @Test
  void tellsWhatIostatTells() throws Exception {
    String name = loop.substring("/dev/".length());
    BlockDevices devices = new BlockDevices(new ProcTree(Path.of("/proc")), Path.of("/sys"));
    devices.look(Scenes.now(System::nanoTime));
    String report = run("iostat", "-dxky", "-o", "JSON", name, "5", "1");
    BlockDevice seen =
        devices.look(Scenes.now(System::nanoTime)).stream()
            .filter(device -> device.name().equals(name))
            .findFirst()
            .orElseThrow();
    JsonObject iostat = disk(report);
    assertNear(seen.readsPerSecond(), iostat, "r/s");
    assertNear(seen.writesPerSecond(), iostat, "w/s");
    assertNear(Objects.requireNonNull(seen.readBytesPerSecond()) / 1024.0, iostat, "rkB/s");
    assertNear(Objects.requireNonNull(seen.writeBytesPerSecond()) / 1024.0, iostat, "wkB/s");
    assertNear(seen.queueLength(), iostat, "aqu-sz");
    assertNear(seen.utilisationPercent(), iostat, "util");
    assertNear(seen.readAwaitMillis(), iostat, "r_await");
    assertNear(seen.writeAwaitMillis(), iostat, "w_await");
    double reads = number(iostat, "r/s");
    double writes = number(iostat, "w/s");
    double await =
        (reads * number(iostat, "r_await") + writes * number(iostat, "w_await")) / (reads + writes);
    assertThat(seen.awaitMillis()).isCloseTo(await, within(0.15 + await * 0.2));
    assertThat(seen.awaitAvg10Millis()).isCloseTo(await, within(0.15 + await * 0.2));
  }

  /** The two do not look at the same instants, and the load is not even. */
  private static void assertNear(@Nullable Double seen, JsonObject iostat, String field) {
    double told = number(iostat, field);
    assertThat(seen).as(field).isCloseTo(told, within(0.15 + told * 0.2));
  }

  private static double number(JsonObject disk, String field) {
    return disk.get(field).getAsDouble();
  }

  private static JsonObject disk(String report) {
    return JsonParser.parseString(report)
        .getAsJsonObject()
        .getAsJsonObject("sysstat")
        .getAsJsonArray("hosts")
        .get(0)
        .getAsJsonObject()
        .getAsJsonArray("statistics")
        .get(0)
        .getAsJsonObject()
        .getAsJsonArray("disk")
        .get(0)
        .getAsJsonObject();
  }

  private static String run(String... command) {
    return Program.run(LIMIT, List.of(command)).expectSuccess();
  }
}

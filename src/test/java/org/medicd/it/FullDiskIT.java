package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.medicd.lab.NeedsSystemd;

/** Fifty units fail, one after the other, as the disk that all write to is full. */
@NeedsSystemd
@Tag("once")
class FullDiskIT extends InLab {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int UNITS = 50;
  private static final Path DISK = Path.of("/srv/full");
  private static final String TAG = "heard";
  private static final Path TELLER = Path.of("/etc/medicd/actions/teller");

  /** A letter, as a channel heard it. */
  private record Heard(
      String kind,
      String diagnosis,
      String key,
      String thread,
      int count,
      String over,
      String title) {
    static Heard parse(String line) {
      String[] parts = line.split("\\|", 7);
      return new Heard(
          parts[0], parts[1], parts[2], parts[3], Integer.parseInt(parts[4]), parts[5], parts[6]);
    }

    /** The key of the letter that began its thread. */
    String begunBy() {
      return thread.isEmpty() ? key : thread;
    }
  }

  @BeforeAll
  static void boot() throws IOException {
    install(
        """
        mode: observe
        tick: 200ms
        limits:
          unit-failed: { for: 1s }
          disk-full: { for: 1s }
        alerts:
          group-wait: 1s
          group-interval: 8s
          commands: [ { name: teller, program: teller } ]
        """);
    lab.write(
        TELLER,
        "#!/bin/sh\n"
            + "exec logger --tag heard -- \"$MEDICD_KIND|$MEDICD_DIAGNOSIS|$MEDICD_KEY|$MEDICD_THREAD|"
            + "$MEDICD_COUNT|$MEDICD_OVER|$MEDICD_TITLE\"\n");
    run("chmod", "755", TELLER.getParent().toString(), TELLER.toString());
    run("mkdir", DISK.toString());
    run("mount", "-t", "tmpfs", "-o", "size=1m", "none", DISK.toString());
    for (int i = 0; i < UNITS; i++) {
      lab.unitFile(
          "writer-" + i + ".service",
          "[Service]",
          "Type=oneshot",
          "RemainAfterExit=yes",
          "ExecStart=/bin/sh -c 'head -c 4096 /dev/zero > " + DISK + "/" + i + "'");
    }
    daemon.start();
  }

  private static String run(String... command) {
    return lab.run(LONG, command).expectSuccess();
  }

  private static void start(int from, int to) {
    List<String> command = new ArrayList<>(List.of("systemctl", "start", "--no-block"));
    for (int i = from; i < to; i++) {
      command.add("writer-" + i + ".service");
    }
    run(command.toArray(String[]::new));
  }

  private static List<Heard> heard() {
    return run("journalctl", "-o", "cat", "-t", TAG)
        .lines()
        .filter(each -> each.contains("|"))
        .map(Heard::parse)
        .toList();
  }

  /** About units; a letter about the disk alone names its diagnosis. */
  private static List<Heard> ofUnits() {
    return heard().stream().filter(each -> !each.diagnosis().equals("disk-full")).toList();
  }

  private static int opened() {
    return ofUnits().stream()
        .filter(each -> !each.kind().equals("closed"))
        .mapToInt(Heard::count)
        .sum();
  }

  @Test
  void areOneThreadWithACountUntilAllAreWell() throws Exception {
    run("sh", "-c", "head -c 2m /dev/zero > " + DISK + "/big || true");
    start(0, 20);
    await().atMost(LONG).until(() -> opened() >= 20);
    start(20, 35);
    await().pollDelay(Duration.ofSeconds(2)).atMost(LONG).until(() -> true);
    start(35, UNITS);
    await().atMost(LONG).until(() -> opened() >= UNITS);
    List<Heard> units = ofUnits();
    assertThat(units).hasSizeLessThanOrEqualTo(4);
    assertThat(units).extracting(Heard::begunBy).containsOnly(units.get(0).key());
    assertThat(units.get(0).title()).contains("unit-failed");
    assertThat(heard()).filteredOn(each -> each.diagnosis().equals("disk-full")).isNotEmpty();

    run("rm", DISK + "/big");
    run("systemctl", "reset-failed");
    start(0, UNITS);
    await()
        .atMost(LONG)
        .until(() -> ofUnits().stream().anyMatch(each -> each.over().equals("yes")));
    List<Heard> last = ofUnits().subList(units.size(), ofUnits().size());
    assertThat(last).hasSizeLessThanOrEqualTo(3);
    assertThat(last).extracting(Heard::begunBy).containsOnly(units.get(0).key());
  }
}

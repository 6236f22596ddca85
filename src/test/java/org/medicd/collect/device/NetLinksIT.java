package org.medicd.collect.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.collect.FakeClock;
import org.medicd.collect.ProcTree;
import org.medicd.fact.NetLink;
import org.medicd.lab.NeedsRoot;
import org.medicd.lab.Program;

/** Beside ip, on a pair of veths in a network namespace of its own. */
@NeedsRoot
@Tag("alone")
@Tag("once")
class NetLinksIT {
  private static final int PACKETS = 5000;

  /** Payload, and the headers of UDP, IP and Ethernet. */
  private static final long FRAME_BYTES = 1400 + 8 + 20 + 14;

  /** What is sent to an address that only the neighbour table knows comes out at the peer. */
  private static final String SCRIPT =
      """
      set -e
      mount -t sysfs sysfs /sys
      echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
      ip link add left type veth peer name right
      ip address add 192.0.2.1/24 dev left
      ip link set left up
      ip link set right up
      ip neigh add 192.0.2.2 lladdr "$(cat /sys/class/net/right/address)" dev left
      echo ready $$
      while read -r line; do
        dd if=/dev/zero bs=1400 count=$line status=none > /dev/udp/192.0.2.2/9
        echo sent
      done
      """;

  private final FakeClock clock = new FakeClock();
  private Process namespace;
  private BufferedReader out;
  private String pid = "";

  @BeforeEach
  void makeAPair() throws IOException {
    namespace =
        new ProcessBuilder(
                "unshare", "--net", "--mount", "--propagation", "private", "bash", "-c", SCRIPT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    out = namespace.inputReader();
    String ready = Objects.requireNonNull(out.readLine(), "the pair was not made, see above");
    pid = ready.substring("ready ".length());
  }

  /** The namespace goes with the last process in it, and the pair with it. */
  @AfterEach
  void end() throws Exception {
    namespace.outputWriter().close();
    namespace.waitFor();
  }

  @Test
  void countsTheBytesThatIpCounts() throws Exception {
    Path proc = Path.of("/proc", pid);
    try (NetLinks links = new NetLinks(new ProcTree(proc), proc.resolve("root/sys"), clock)) {
      await().until(() -> Boolean.TRUE.equals(look(links, "left").up()));
      long sentBefore = counter("left", "tx");
      long receivedBefore = counter("right", "rx");
      look(links, "left");
      clock.advance(Duration.ofSeconds(2));
      send();
      NetLink left = look(links, "left");
      long sent = counter("left", "tx") - sentBefore;
      long received = counter("right", "rx") - receivedBefore;
      assertThat(sent).isEqualTo(received).isEqualTo(PACKETS * FRAME_BYTES);
      assertThat(left.txBytesPerSecond()).isEqualTo(sent / 2);
      assertThat(left.rxBytesPerSecond()).isZero();
      assertThat(left.carrier()).isTrue();
      assertThat(left.mtuBytes()).isEqualTo(1500);
      assertThat(left.speedBytesPerSecond()).as("of a virtual link").isNull();
      clock.advance(Duration.ofSeconds(2));
      assertThat(look(links, "left").txAvg10())
          .isCloseTo(Math.round(sent / 2 * 0.45), within(sent / 20));
    }
  }

  /** The veth says nothing of its speed: a folder of this test says 100 Mbit/s, tbf lets 85 by. */
  @Test
  void aLinkThatIsNearlyFullShows(@TempDir Path folder) throws Exception {
    Path left = Files.createDirectories(folder.resolve("class/net/left"));
    Files.writeString(left.resolve("speed"), "100\n");
    Files.writeString(left.resolve("operstate"), "up\n");
    inside("tc qdisc add dev left root tbf rate 85mbit burst 32kb latency 50ms").waitFor();
    Process flood = inside("exec dd if=/dev/zero bs=1400 status=none > /dev/udp/192.0.2.2/9");
    ProcTree tree = new ProcTree(Path.of("/proc", pid));
    try (NetLinks live = new NetLinks(tree, folder, System::nanoTime)) {
      await()
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () -> {
                NetLink seen = look(live, "left", System::nanoTime);
                assertThat(seen.usedPercent()).isBetween(81.0, 89.0);
                assertThat(seen.usedAvg10()).isBetween(80.0, 89.0);
              });
    } finally {
      flood.destroyForcibly().waitFor();
    }
  }

  private Process inside(String command) throws IOException {
    return new ProcessBuilder("nsenter", "-t", pid, "-n", "bash", "-c", command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private void send() throws IOException {
    namespace.outputWriter().write(PACKETS + "\n");
    namespace.outputWriter().flush();
    assertThat(out.readLine()).isEqualTo("sent");
  }

  private long counter(String name, String direction) {
    String report =
        Program.run(
                Duration.ofSeconds(10),
                List.of("nsenter", "-t", pid, "-n", "ip", "-j", "-s", "link", "show", name))
            .expectSuccess();
    JsonObject link = JsonParser.parseString(report).getAsJsonArray().get(0).getAsJsonObject();
    return link.getAsJsonObject("stats64").getAsJsonObject(direction).get("bytes").getAsLong();
  }

  private NetLink look(NetLinks links, String name) throws IOException {
    return look(links, name, clock);
  }

  private static NetLink look(NetLinks links, String name, LongSupplier clock) throws IOException {
    return links.look(Scenes.now(clock)).stream()
        .filter(link -> link.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}

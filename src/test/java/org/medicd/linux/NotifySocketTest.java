package org.medicd.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifySocketTest {
  private static final long PID = ProcessHandle.current().pid();

  @TempDir Path folder;

  @Test
  void tellsSystemdThroughASocketInAFolder() throws Exception {
    assertThat(received(folder.resolve("notify").toString(), NotifySocket::ready))
        .isEqualTo("READY=1");
  }

  @Test
  void tellsSystemdThroughAnAbstractSocket() throws Exception {
    assertThat(received("@medicd-test-" + UUID.randomUUID(), NotifySocket::watchdog))
        .isEqualTo("WATCHDOG=1");
  }

  @Test
  void saysSinceWhenItReloads() throws Exception {
    assertThat(received(folder.resolve("notify").toString(), NotifySocket::reloading))
        .matches("RELOADING=1\nMONOTONIC_USEC=\\d+");
  }

  @Test
  void keepsTheStatusOnOneLine() throws Exception {
    assertThat(received(folder.resolve("notify").toString(), socket -> socket.status("a\nREADY=1")))
        .isEqualTo("STATUS=a READY=1");
  }

  @Test
  void isSilentWithoutSystemd() {
    NotifySocket socket = NotifySocket.fromEnvironment(Map.of("WATCHDOG_USEC", "1000000"));
    socket.ready();
    assertThat(socket.watchdogInterval()).isEmpty();
  }

  @Test
  void survivesASocketThatNobodyListensOn() {
    Path nobody = folder.resolve("nobody");
    NotifySocket.fromEnvironment(Map.of("NOTIFY_SOCKET", nobody.toString())).stopping();
    assertThat(nobody).doesNotExist();
  }

  @Test
  void honoursTheWatchdogThatIsMeantForIt() {
    assertThat(interval("30000000", Long.toString(PID))).hasValue(Duration.ofSeconds(30));
    assertThat(interval("30000000", "")).hasValue(Duration.ofSeconds(30));
  }

  @Test
  void ignoresAWatchdogThatIsMeantForAnother() {
    assertThat(interval("30000000", "1")).isEmpty();
    assertThat(interval("soon", "")).isEmpty();
    assertThat(interval("0", "")).isEmpty();
  }

  private static Optional<Duration> interval(String micros, String pid) {
    return NotifySocket.fromEnvironment(
            Map.of("NOTIFY_SOCKET", "@x", "WATCHDOG_USEC", micros, "WATCHDOG_PID", pid))
        .watchdogInterval();
  }

  /** The receiver is a process of python3: the JDK has no unix datagram sockets. */
  private String received(String socket, Consumer<NotifySocket> sender) throws Exception {
    Path out = folder.resolve("out");
    Process receiver =
        new ProcessBuilder(
                "python3",
                "-c",
                "import socket,sys\n"
                    + "s=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM)\n"
                    + "s.bind(sys.argv[1].replace('@','\\0',1))\n"
                    + "s.settimeout(20)\n"
                    + "print('bound',flush=True)\n"
                    + "open(sys.argv[2],'wb').write(s.recv(4096))",
                socket,
                out.toString())
            .start();
    try {
      assertThat(receiver.inputReader().readLine()).isEqualTo("bound");
      sender.accept(NotifySocket.fromEnvironment(Map.of("NOTIFY_SOCKET", socket)));
      assertThat(receiver.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return Files.readString(out, StandardCharsets.UTF_8);
    } finally {
      receiver.destroyForcibly();
    }
  }
}

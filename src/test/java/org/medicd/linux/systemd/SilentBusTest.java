package org.medicd.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.linux.systemd.SystemdException.Kind;

@Timeout(10)
class SilentBusTest {
  private static final Duration LIMIT = Duration.ofMillis(300);

  @Test
  void doesNotHangOnABusThatAcceptsAndSaysNothing(@TempDir Path folder) throws IOException {
    Path socket = folder.resolve("bus");
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        SystemdBus systemd = new SystemdBus("unix:path=" + socket)) {
      silent.bind(UnixDomainSocketAddress.of(socket));

      assertThat(
              catchThrowableOfType(
                  SystemdException.class, () -> systemd.unit("nginx.service", LIMIT)))
          .returns(Kind.UNREACHABLE, SystemdException::kind)
          .hasMessageContaining("no answer within 300 ms");
    }
  }

  @Test
  void namesTheSocketThatIsNotThere(@TempDir Path folder) {
    Path socket = folder.resolve("bus");
    try (SystemdBus systemd = new SystemdBus("unix:path=" + socket)) {
      assertThat(
              catchThrowableOfType(
                  SystemdException.class,
                  () -> systemd.unit("nginx.service", Duration.ofSeconds(5))))
          .returns(Kind.UNREACHABLE, SystemdException::kind)
          .hasMessageContaining(socket.toString());
    }
  }

  @Test
  void refusesCallsAfterItIsClosed() {
    SystemdBus systemd = new SystemdBus();
    systemd.close();
    assertThat(
            catchThrowableOfType(
                SystemdException.class, () -> systemd.restart("nginx.service", LIMIT)))
        .returns(Kind.UNREACHABLE, SystemdException::kind)
        .hasMessageContaining("closed");
  }
}

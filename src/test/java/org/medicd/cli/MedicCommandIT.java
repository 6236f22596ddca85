package org.medicd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.record.SampleIncident.opened;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.api.ApiClient;
import org.medicd.api.ApiServer;
import org.medicd.api.FakeDaemon;

/** The packaged command as a process of its own. */
class MedicCommandIT {
  private static final String MEDIC = System.getProperty("medicd.tree") + "/bin/medic";

  @TempDir Path runtime;
  private ApiServer server;

  @BeforeEach
  void start() throws IOException {
    FakeDaemon daemon = new FakeDaemon();
    daemon.incidents.add(opened("1"));
    server = ApiServer.start(runtime, null, daemon);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private record Ended(int status, String out) {}

  private Ended run(List<String> before, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(before);
    command.add(MEDIC);
    command.addAll(List.of(arguments));
    command.addAll(List.of("--runtime", runtime.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Ended(process.exitValue(), out);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void printsJsonAndNothingElse() throws Exception {
    Ended ended = run(List.of(), "incidents", "--json");

    assertThat(ended.out()).startsWith("[{\"id\":\"1\",").endsWith("}]\n");
    assertThat(ended.status()).isZero();
  }

  @Test
  void whoMayNotConnectIsToldSo() throws Exception {
    boolean root = "root".equals(System.getProperty("user.name"));
    List<String> asNobody =
        root
            ? List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
            : List.of(); // without any permission on the socket not even its owner gets in
    Files.setPosixFilePermissions(
        runtime.resolve(ApiClient.SOCKET), PosixFilePermissions.fromString("---------"));

    Ended notSearchable = run(asNobody, "status");
    Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString("rwxr-xr-x"));
    Ended notWritable = run(asNobody, "status");

    assertThat(notSearchable.out()).contains("not permitted to ask the daemon");
    assertThat(notSearchable.status()).isEqualTo(4);
    assertThat(notWritable.status()).isEqualTo(4);
  }

  @Test
  void withoutADaemonItIsThree() throws Exception {
    server.close();

    assertThat(run(List.of(), "status").status()).isEqualTo(3);
  }
}

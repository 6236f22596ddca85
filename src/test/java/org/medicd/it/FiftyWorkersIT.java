package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.it.DaemonInLab.course;
import static org.medicd.it.DaemonInLab.inState;
import static org.medicd.it.DaemonInLab.rung;
import static org.medicd.it.DaemonInLab.text;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.medicd.lab.NeedsSystemd;

/** Fifty workers of one unit go hot at once, on however many cores. */
@NeedsSystemd
@Tag("once")
@Tag("alone")
class FiftyWorkersIT extends InLab {
  private static final Duration CURE = Duration.ofSeconds(120);
  private static final String UNIT = "ill-fifty.service";

  private static final Path MAILS = Path.of("/run/mails");

  /** Takes every mail, and keeps what it is about. */
  private static final String MAIL_SERVER =
      """
      import socket
      server = socket.create_server(('127.0.0.1', 25))
      while True:
          client, _ = server.accept()
          lines = client.makefile('rw', newline='\\r\\n')
          def say(text):
              lines.write(text + '\\n')
              lines.flush()
          say('220 here')
          for line in lines:
              word = line.split(' ')[0].strip().upper()
              if word == 'DATA':
                  say('354 go on')
                  for text in lines:
                      if text.startswith('Subject:'):
                          open('/run/mails', 'a').write(text)
                      if text.strip() == '.':
                          break
              say('221 bye' if word == 'QUIT' else '250 well')
              if word == 'QUIT':
                  break
          client.close()
      """;

  private static final String WORKERS =
      """
      for i in $(seq 50); do
        sh -c 'while :; do :; done' &
      done
      wait
      sleep 1000
      """;

  private static final String YAML =
      """
      mode: act
      tick: 500ms
      scope: { units: [ill-fifty.service] }
      limits: { cpu-runaway: { cpu-percent: 60, for: 3s, host-percent: 0 } }
      alerts: { group-wait: 0s, email: { host: 127.0.0.1, tls: none, to: [ops@example.org] } }
      """;

  @BeforeAll
  static void boot() throws IOException {
    install(YAML);
    lab.write(Path.of("/run/mail.py"), MAIL_SERVER);
    lab.run(CURE, "systemd-run", "python3", "/run/mail.py").expectSuccess();
    daemon.start();
  }

  @Test
  void areOneIncidentOfWhichPeopleAreToldOnceAndOneTermEach() throws IOException {
    lab.write(Path.of("/opt/fifty"), WORKERS);
    lab.unitFile(UNIT, "[Service]", "TimeoutStopSec=2s", "ExecStart=/bin/sh /opt/fifty");
    lab.systemctl("start", UNIT);
    String invocation = lab.systemctl("show", "--value", "-p", "InvocationID", UNIT);

    JsonObject cured = daemon.awaitIncidentOf(UNIT, CURE, inState("recovered"));

    assertThat(course(cured)).containsExactly("capture allowed done", "term allowed done");
    assertThat(text(rung(cured, "term").getAsJsonObject("outcome"), "reason"))
        .matches("SIGTERM to (pid \\d+(, )?){50}");
    assertThat(lab.systemctl("show", "--value", "-p", "InvocationID", UNIT)).isEqualTo(invocation);
    assertThat(lab.systemctl("is-active", UNIT)).isEqualTo("active");
    lab.systemctl("stop", DaemonInLab.SERVICE); // what waits is delivered before
    assertThat(Files.readAllLines(lab.inLab(MAILS))).as("that it began, and is over").hasSize(2);
  }
}

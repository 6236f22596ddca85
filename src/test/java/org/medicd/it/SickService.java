package org.medicd.it;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.medicd.lab.SystemdLab;

/**
 * A service in the lab that burns a core from {@link #fallIll} on, until it is started anew: its
 * ExecStartPre takes the cause away.
 */
final class SickService {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Path BURN = Path.of("/opt/ill/burn");
  private static final Path MASTER = Path.of("/opt/ill/master");

  private final SystemdLab lab;
  private final String name;

  private SickService(SystemdLab lab, String name) {
    this.lab = lab;
    this.name = name;
  }

  /**
   * One process, which obeys TERM. Starts it.
   *
   * @param settings lines of its unit; Environment=RECOVERY=S makes the start of an ill one slow
   */
  static SickService ofOneProcess(SystemdLab lab, String name, String... settings) {
    return start(lab, name, BURN + " /run/%N", settings);
  }

  /** A main process that starts its burning worker anew whenever it ends, and a third one. */
  static SickService ofThreeProcesses(SystemdLab lab, String name, String... settings) {
    return start(lab, name, MASTER + " /run/%N", settings);
  }

  private static SickService start(
      SystemdLab lab, String name, String command, String... settings) {
    lab.write(
        BURN,
        """
        #!/bin/sh
        # Burns from when the file $1 is there; until then it waits to be told, by a pipe that
        # is open before the first look: so nothing is told in vain.
        exec 3<> "$1.wake"
        while [ ! -e "$1" ]; do read line <&3; done
        while :; do :; done
        """);
    lab.write(
        MASTER,
        """
        #!/bin/sh
        sleep 100000 &
        while :; do /opt/ill/burn "$1"; sleep 0.05; done
        """);
    lab.run(LIMIT, "chmod", "+x", BURN.toString(), MASTER.toString()).expectSuccess();
    SickService service = new SickService(lab, name);
    List<String> unit =
        new ArrayList<>(
            List.of(
                "[Service]",
                "Environment=RECOVERY=0",
                "ExecStartPre=/bin/sh -c '[ ! -e /run/%N ] || sleep ${RECOVERY}; rm -f /run/%N'",
                "ExecStartPre=/bin/sh -c '[ -p /run/%N.wake ] || mkfifo /run/%N.wake'",
                "ExecStart=" + command,
                "TimeoutStopSec=1s"));
    unit.addAll(List.of(settings));
    lab.unitFile(name, unit.toArray(String[]::new));
    lab.systemctl("start", name);
    return service;
  }

  void fallIll() {
    String flag = "/run/" + name.substring(0, name.lastIndexOf('.'));
    lab.run(LIMIT, "sh", "-c", ": > " + flag + "; echo 1<> " + flag + ".wake").expectSuccess();
  }

  String name() {
    return name;
  }

  String show(String property) {
    return lab.systemctl("show", "--value", "-p", property, name);
  }

  void awaitThat(String property, String value) {
    await(property + " of " + name + " is " + value)
        .atMost(LIMIT)
        .until(() -> show(property), value::equals);
  }

  /** Pids of its control group. */
  List<String> processes() {
    return lab.run(LIMIT, "cat", "/sys/fs/cgroup" + show("ControlGroup") + "/cgroup.procs")
        .expectSuccess()
        .lines()
        .toList();
  }

  /** How often systemd has started it. */
  long starts() {
    return lab.run(LIMIT, "journalctl", "-b", "-o", "cat", "UNIT=" + name)
        .expectSuccess()
        .lines()
        .filter(line -> line.startsWith("Started "))
        .count();
  }

  void stop() {
    lab.systemctl("stop", name);
  }
}

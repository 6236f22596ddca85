package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medicd.it.DaemonInLab.hasRung;
import static org.medicd.it.DaemonInLab.rung;
import static org.medicd.it.DaemonInLab.text;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.medicd.lab.NeedsSystemd;
import org.medicd.lab.Result;

/** The installed daemon is no root daemon, and gains no more than it was given. */
@NeedsSystemd
@Tag("once")
class LeastPrivilegesIT extends InLab {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Path RULE = Path.of("/etc/polkit-1/rules.d/50-medicd.rules");

  private static final String YAML =
      """
      mode: act
      tick: 200ms
      scope: { units: ["ill-*.service"] }
      limits: { cpu-runaway: { cpu-percent: 15, for: 1s, host-percent: 0 } }
      """;

  private static final String RULES =
      """
      package ours.restart;
      rule "treatment: restart" salience 10 when
          $d : Diagnosis( name == "cpu-runaway" )
      then
          medic.treat($d).restartUnit("5s").page();
      end
      """;

  @BeforeAll
  static void boot() throws IOException {
    install(YAML);
    daemon.rule("restart.drl", RULES);
    daemon.start();
  }

  @Test
  void isAUserOfItsOwnWithTheNamedCapabilitiesAlone() throws IOException {
    String status = Files.readString(lab.inLab(Path.of("/proc/" + daemon.pid() + "/status")));
    String medicd = lab.run(LONG, "id", "-u", "medicd").expectSuccess().strip();

    assertThat(status).containsPattern("(?m)^Uid:(\\s+" + medicd + "){4}$");
    assertThat(status).containsPattern("(?m)^NoNewPrivs:\\s+1$");
    String held = status.replaceAll("(?s).*\nCapEff:\\s+(\\S+)\n.*", "$1");
    // dac_read_search 2, kill 5, setgid 6, setuid 7, net_admin 12, ipc_lock 14, sys_ptrace 19,
    // sys_nice 23,
    // syslog 34
    assertThat(Long.parseUnsignedLong(held, 16))
        .isEqualTo(
            1L << 2 | 1L << 5 | 1L << 6 | 1L << 7 | 1L << 12 | 1L << 14 | 1L << 19 | 1L << 23
                | 1L << 34);
    assertThat(status).containsPattern("(?m)^CapBnd:\\s+" + held + "$");
  }

  @Test
  void itsUserMayRestartAUnitAndMakeNone() {
    lab.unitFile("plain.service", "[Service]", "ExecStart=sleep 1000");
    assertThat(asMedicd("RestartUnit", "ss", "plain.service", "replace").status()).isZero();

    Result made =
        asMedicd(
            "StartTransientUnit",
            "ssa(sv)a(sa(sv))",
            "made.service",
            "replace",
            "1",
            "Description",
            "s",
            "of its own",
            "0");
    assertThat(made.status()).isNotZero();
    assertThat(made.err()).containsAnyOf("authentication required", "Access denied");

    Result killed = asMedicd("KillUnit", "ssi", "plain.service", "all", "9");
    assertThat(killed.status()).isNotZero();
    assertThat(killed.err()).containsAnyOf("authentication required", "Access denied");
  }

  private static Result asMedicd(String method, String... arguments) {
    String[] command = {
      "setpriv",
      "--reuid=medicd",
      "--regid=medicd",
      "--clear-groups",
      "--inh-caps=-all",
      "busctl",
      "call",
      "org.freedesktop.systemd1",
      "/org/freedesktop/systemd1",
      "org.freedesktop.systemd1.Manager",
      method
    };
    String[] all = Arrays.copyOf(command, command.length + arguments.length);
    System.arraycopy(arguments, 0, all, command.length, arguments.length);
    return lab.run(LONG, all);
  }

  @Test
  void withoutPolkitsLeaveARestartIsRefusedAndItIsSaidHowToMendThat() throws IOException {
    String rule = Files.readString(Path.of("systemd/medicd.rules"));
    lab.write(RULE, "// nothing\n");
    try {
      SickService service = SickService.ofOneProcess(lab, "ill-refused.service");
      service.fallIll();
      JsonObject told = daemon.awaitIncidentOf(service.name(), LONG, hasRung("page"));
      JsonObject outcome = rung(told, "restart-unit").getAsJsonObject("outcome");
      assertThat(text(outcome, "is")).isEqualTo("failed");
      assertThat(text(outcome, "reason"))
          .contains("Install polkitd and medicd's rule for it (systemd/medicd.rules)");
      service.stop();
    } finally {
      lab.write(RULE, rule);
    }
  }

  @Test
  void aUnitThatWasStartedAnewMeanwhileIsNotKilled() {
    lab.unitFile("anew.service", "[Service]", "ExecStart=sleep 1000");
    lab.systemctl("start", "anew.service");
    String before = lab.systemctl("show", "--value", "-p", "InvocationID", "anew.service");
    lab.systemctl("restart", "anew.service");
    String pid = lab.systemctl("show", "--value", "-p", "MainPID", "anew.service");

    lab.systemctl("start", chore("1 0 cgroup-kill " + before + " anew.service"));
    assertThat(lab.journal()).contains("vanished: anew.service was started anew meanwhile");
    assertThat(lab.systemctl("show", "--value", "-p", "MainPID", "anew.service")).isEqualTo(pid);

    String now = lab.systemctl("show", "--value", "-p", "InvocationID", "anew.service");
    lab.systemctl("start", chore("2 0 cgroup-kill " + now + " anew.service"));
    assertThat(lab.journal()).contains("done: SIGKILL to 1 processes of anew.service");
  }

  private static String chore(String asked) {
    return lab.run(LONG, "systemd-escape", "--template=medicd-chore@.service", asked)
        .expectSuccess()
        .strip();
  }

  @Test
  void theChoreUnitDoesNothingButChores() {
    String folder = "/usr/share/medicd/bin/medic";
    assertThat(lab.run(LONG, folder, "chore", "20261127 0 reboot").status()).isEqualTo(2);
    assertThat(lab.run(LONG, folder, "chore", "vacuum").status()).isEqualTo(2);
    assertThat(lab.run(LONG, folder, "chore", "20261127 0 remount suid /").status()).isEqualTo(2);
    Result another =
        lab.run(LONG, "setpriv", "--reuid=medicd", "--clear-groups", folder, "chore", "1 0 vacuum");
    assertThat(another.status()).isEqualTo(4);
    assertThat(another.err()).contains("for root");
  }
}

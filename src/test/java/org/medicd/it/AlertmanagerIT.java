package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.config.NeedsProgram;
import org.medicd.notify.web.FakeReceiver;

/** A whole daemon and Debian's Prometheus Alertmanager, with the configuration in the examples. */
@Tag("once")
class AlertmanagerIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  /** The daemon tells again every minute. */
  private static final Duration OVER_A_MINUTE = Duration.ofSeconds(100);

  @TempDir Path folder;

  @BeforeEach
  void needsAlertmanager() {
    NeedsProgram.that(RealAlertmanager.PROGRAM + " --version", "prometheus-alertmanager");
  }

  private String yaml(RealAlertmanager alertmanager, Path program) {
    return """
        mode: observe
        tick: 200ms
        scope: { processes: [%s] }
        limits:
          cpu-runaway: { cpu-percent: 20, for: 2s, host-percent: 0 }
        alerts:
          group-wait: 0s
          webhooks:
            - { name: alertmanager, url: "%s", format: alertmanager, at-least: info }
          routes: [ { match: ["process=%s"], to: [alertmanager] }, { to: [] } ]
        """
        .formatted(program, alertmanager.url(), program);
  }

  @Test
  void knowsWhatIsOpenAlsoAfterItWasDownAndWhatIsOver() throws Exception {
    Path program = Files.copy(Path.of("/bin/dash"), folder.resolve("twister"));
    try (FakeReceiver people = new FakeReceiver(200);
        RealAlertmanager alertmanager = RealAlertmanager.start(folder, people.at("/"))) {
      Process one = burner(program);
      Process two = burner(program);
      try (RunningDaemon daemon = RunningDaemon.start(folder, yaml(alertmanager, program))) {
        String first = id(daemon, one);
        String second = id(daemon, two);
        await().atMost(LONG).until(() -> alertmanager.active().equals(Set.of(first, second)));
        assertThat(alertmanager.groups())
            .singleElement()
            .satisfies(
                group ->
                    assertThat(group.getAsJsonObject("labels"))
                        .hasToString(
                            "{\"alertname\":\"cpu-runaway\",\"instance\":\"" + host() + "\"}"));
        await().atMost(LONG).until(() -> told(people, "firing").equals(Set.of(first, second)));

        alertmanager.stop();
        alertmanager.begin();
        assertThat(alertmanager.active()).isEmpty(); // it keeps alerts in memory
        await()
            .atMost(OVER_A_MINUTE)
            .until(() -> alertmanager.active().equals(Set.of(first, second)));

        alertmanager.stop();
        one.destroyForcibly();
        await().atMost(LONG).until(() -> daemon.log().contains("alertmanager: try 1 failed"));
        alertmanager.begin();
        await().atMost(OVER_A_MINUTE).until(() -> told(people, "resolved").contains(first));
        await().atMost(OVER_A_MINUTE).until(() -> alertmanager.active().equals(Set.of(second)));

        two.destroyForcibly();
        await().atMost(LONG).until(() -> alertmanager.active().isEmpty());
        await().atMost(LONG).until(() -> told(people, "resolved").contains(second));
        assertThat(daemon.log()).doesNotContain("a tick failed", "given up");
      } finally {
        one.destroyForcibly();
        two.destroyForcibly();
      }
    }
  }

  /** Rules that are refused are closed as they begin, and need a person all the same. */
  @Test
  void peopleHearOfWhatIsAboutMedicdItself() throws Exception {
    Path rules = Files.createDirectory(folder.resolve("rules"));
    String rule = "rule \"x\" when Host( processes < 0 ) then end\n";
    Files.writeString(rules.resolve("x.drl"), rule);
    String yaml =
        """
        rules: [%s]
        alerts:
          group-wait: 0s
          webhooks: [ { name: alertmanager, url: "%s", format: alertmanager } ]
        """;
    try (FakeReceiver people = new FakeReceiver(200);
        RealAlertmanager alertmanager = RealAlertmanager.start(folder, people.at("/"));
        RunningDaemon daemon =
            RunningDaemon.start(folder, yaml.formatted(rules, alertmanager.url()))) {
      Files.writeString(rules.resolve("x.drl"), rule.replace("processes", "proceses"));
      assertThatThrownBy(() -> daemon.client().command("reload")).hasMessageContaining("proceses");
      await().atMost(LONG).until(() -> told(people, "firing").size() == 1);
      String told = told(people, "firing").iterator().next();
      assertThat(told).endsWith("-rules-refused");
      alertmanager.stop();
      alertmanager.begin();
      assertThat(alertmanager.active()).isEmpty();
      await().atMost(OVER_A_MINUTE).until(() -> alertmanager.active().equals(Set.of(told)));
      assertThat(told(people, "resolved")).isEmpty();
    }
  }

  private static Process burner(Path program) throws IOException {
    return new ProcessBuilder(program.toString(), "-c", "while :; do :; done").start();
  }

  private static String id(RunningDaemon daemon, Process process) {
    return RunningDaemon.id(daemon.awaitIncident("cpu-runaway", process.pid(), LONG, each -> true));
  }

  private static String host() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
  }

  /** The incidents that people were told of as this, by what came out at the other end. */
  private static Set<String> told(FakeReceiver people, String status) {
    return people.received.stream()
        .flatMap(each -> list(each.json().getAsJsonObject().getAsJsonArray("alerts")).stream())
        .filter(each -> each.get("status").getAsString().equals(status))
        .map(each -> each.getAsJsonObject("labels").get("incident").getAsString())
        .collect(Collectors.toSet());
  }

  static List<JsonObject> list(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }
}

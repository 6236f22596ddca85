package org.medicd.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.plan.Mode;
import org.medicd.plan.Severity;

class ConfigReaderTest {
  @TempDir Path folder;

  private static Settings good(String text) {
    Parsed parsed = ConfigReader.parse("medicd.yaml", text);
    assertThat(parsed.problems()).isEmpty();
    return parsed.settings();
  }

  @Test
  void takesTheDefaultsWithoutAFile() {
    Parsed parsed = ConfigReader.read(folder.resolve("none.yaml"));
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.settings()).isEqualTo(Settings.defaults());
  }

  @Test
  void missesAFileThatSomebodyNamed() {
    Path none = folder.resolve("none.yaml");
    assertThat(ConfigReader.readNamed(none).problems())
        .extracting(Problem::toString)
        .containsExactly(none + ": cannot be read: there is no such file");
  }

  @Test
  void takesTheDefaultsFromAnEmptyFile() {
    assertThat(good("")).isEqualTo(Settings.defaults());
    assertThat(good("# nothing yet\n")).isEqualTo(Settings.defaults());
    assertThat(good("limits:\nalerts:\nhttp:\nscope:\n")).isEqualTo(Settings.defaults());
  }

  @Test
  void readsAFileInUtf8WithAByteOrderMark() throws IOException {
    Path file = Files.writeString(folder.resolve("medicd.yaml"), "\uFEFFmode: act\n");
    assertThat(ConfigReader.read(file).settings().mode()).isEqualTo(Mode.ACT);
  }

  @Test
  void readsAnEmojiWhereverItStands() {
    for (int before = 0; before < 5000; before++) {
      Settings settings = good("mode: act # " + "x".repeat(before) + "\uD83D\uDE42\ntick: 2s\n");
      assertThat(settings.tick()).isEqualTo(Duration.ofSeconds(2));
    }
  }

  @Test
  void keepsTheOtherLimitsWhenOneIsGiven() {
    Limits limits = good("limits: { cpu-runaway: { for: 5s } }").rules().limits();
    assertThat(limits.millis("cpu-runaway", "for")).isEqualTo(5_000);
    assertThat(limits.number("cpu-runaway", "cpu-percent")).isEqualTo(90.0);
    assertThat(limits.number("zombie-storm", "zombies")).isEqualTo(100.0);
  }

  @Test
  void takesLimitsOfAUsersPackByTheirForm() {
    Limits limits =
        good("limits: { queue-stuck: { depth: 12.5, share: 40%, for: 1h30m, spool: 2GiB } }")
            .rules()
            .limits();
    assertThat(limits.number("queue-stuck", "depth")).isEqualTo(12.5);
    assertThat(limits.number("queue-stuck", "share")).isEqualTo(40.0);
    assertThat(limits.millis("queue-stuck", "for")).isEqualTo(5_400_000);
    assertThat(limits.bytes("queue-stuck", "spool")).isEqualTo(2L << 30);
  }

  @Test
  void letsAUsersPackAddANameToAShippedDiagnosis() {
    Limits limits = good("limits: { cpu-runaway: { nice-level: 5 } }").rules().limits();
    assertThat(limits.number("cpu-runaway", "nice-level")).isEqualTo(5.0);
  }

  @Test
  void readsEveryAlert() {
    Alerts alerts =
        good("""
                alerts:
                  email:
                    { host: mx, tls: implicit, port: 465, user: u, password-file: /p, to: [a@b.c],
                      fallbacks: [ { host: my } ] }
                  slack:
                    { token-file: /t, app-token-file: slack-app, users: [U012AB3CD], channel: "#ops",
                      api-url: "http://127.0.0.1:1/api" }
                  webhooks:
                    - { name: pager, url: "https://x.example/y", format: pagerduty, secret-file: /k,
                        at-least: info }
                    - { name: chat, url-file: chat.url }
                  commands:
                    - { name: siren, program: wail, arguments: [--loud], at-least: critical }
                  heartbeat: { url-file: beat, every: 30s }
                  templates: /etc/medicd/templates
                """)
            .alerts();
    assertThat(alerts.email())
        .isEqualTo(
            new Alerts.Email(
                List.of(
                    new Alerts.MailServer("mx", 465, Alerts.Tls.IMPLICIT, "u", Path.of("/p")),
                    new Alerts.MailServer("my", 25, Alerts.Tls.STARTTLS, null, null)),
                null,
                List.of("a@b.c"),
                Severity.WARNING));
    assertThat(alerts.slack())
        .isEqualTo(
            new Alerts.Slack(
                Path.of("/t"),
                Path.of("slack-app"),
                List.of("U012AB3CD"),
                "#ops",
                URI.create("http://127.0.0.1:1/api/"),
                Severity.WARNING));
    assertThat(alerts.webhooks())
        .containsExactly(
            new Alerts.Webhook(
                "pager",
                URI.create("https://x.example/y"),
                null,
                Alerts.Format.PAGERDUTY,
                Path.of("/k"),
                Severity.INFO),
            new Alerts.Webhook(
                "chat", null, Path.of("chat.url"), Alerts.Format.JSON, null, Severity.WARNING));
    assertThat(alerts.commands())
        .containsExactly(new Alerts.Command("siren", "wail", List.of("--loud"), Severity.CRITICAL));
    assertThat(alerts.heartbeat())
        .isEqualTo(
            new Alerts.Heartbeat(Path.of("beat"), Duration.ofSeconds(30), Duration.ofMinutes(10)));
    assertThat(alerts.templates()).isEqualTo(Path.of("/etc/medicd/templates"));
  }

  @Test
  void readsWhoIsTreatedAndHowOften() {
    Settings settings =
        good(
            """
            mode: approve
            tick: 500ms
            rules: [/opt/rules]
            scope: { units: ["web@*.service"], users: [www-data, 1000] }
            protect: { processes: [postgres] }
            budget: { per-host: 0/1m }
            cooldown: 0s
            http: { listen: "[::1]:0" }
            store: { retention: 7d }
            """);
    assertThat(settings.mode()).isEqualTo(Mode.APPROVE);
    assertThat(settings.tick()).isEqualTo(Duration.ofMillis(500));
    assertThat(settings.rules().folders()).containsExactly(Path.of("/opt/rules"));
    assertThat(settings.guards().scope())
        .isEqualTo(new Selectors(List.of(), List.of("web@*.service"), List.of("www-data", "1000")));
    assertThat(settings.guards().protect().processes()).containsExactly("postgres");
    assertThat(settings.guards().budget().perHost()).isEqualTo(new Rate(0, Duration.ofMinutes(1)));
    assertThat(settings.guards().budget().perRule()).hasToString("3/10m");
    assertThat(settings.guards().cooldown()).isZero();
    assertThat(settings.http()).isEqualTo(new Http("::1", 0, null));
    assertThat(settings.store()).isEqualTo(new Store(Duration.ofDays(7), 256L << 20, 1L << 30));
  }

  @Test
  void readsMaintenanceWindows() {
    List<MaintenanceWindow> windows =
        good("""
                maintenance:
                  - { name: weekly patches, calendar: Sun 02:00 Europe/Berlin, for: 2h }
                  - { name: backup, calendar: "*-*-* 23:30", for: 90m, match: ["unit=db@*", "*"] }
                """)
            .guards()
            .maintenance();
    assertThat(windows)
        .containsExactly(
            new MaintenanceWindow(
                "weekly patches",
                CalendarExpression.parse("Sun 02:00 Europe/Berlin"),
                Duration.ofHours(2),
                List.of()),
            new MaintenanceWindow(
                "backup",
                CalendarExpression.parse("*-*-* 23:30"),
                Duration.ofMinutes(90),
                List.of("unit=db@*", "*")));
    assertThat(windows.get(1).words()).isEqualTo("*-*-* 23:30 for 1h30m");
  }

  @Test
  void refusesAFolderAndWhatIsNoText() throws IOException {
    assertThat(ConfigReader.read(folder).problems())
        .extracting(Problem::message)
        .containsExactly("cannot be read: it is not a regular file");
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThat(ConfigReader.read(binary).problems())
        .extracting(Problem::message)
        .containsExactly("cannot be read: it is not text in UTF-8");
    Path huge = Files.writeString(folder.resolve("huge"), "#".repeat((1 << 20) + 1));
    assertThat(ConfigReader.read(huge).problems())
        .extracting(Problem::message)
        .containsExactly("cannot be read: it is larger than 1MiB");
  }

  @Test
  void doesNotTakeADanglingLinkForNoConfiguration() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("gone"));
    assertThat(ConfigReader.read(link).problems()).hasSize(1);
  }
}

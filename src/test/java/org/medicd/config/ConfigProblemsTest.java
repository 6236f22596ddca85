package org.medicd.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigProblemsTest {
  private static List<String> problems(String text) {
    return ConfigReader.parse("medicd.yaml", text).problems().stream()
        .map(Problem::toString)
        .toList();
  }

  @Test
  void reportsEveryProblemAtOnceByLine() {
    assertThat(
            problems(
                """
                mode: Act
                colldown: 60s
                tick: 10 parsecs
                limits:
                  memory-low: { raise-percent: 120 }
                  memory-leak: { min-rss: 10s }
                budget: { per-rule: often }
                store: [30d]
                """))
        .containsExactly(
            "medicd.yaml:1: mode: 'Act' is not one of observe, approve, act, did you mean 'act'?",
            "medicd.yaml:2: unknown key 'colldown', did you mean 'cooldown'?",
            "medicd.yaml:3: tick: '10 parsecs' has no known unit: known units are ms, s, m, h and d",
            "medicd.yaml:5: limits.memory-low.raise-percent: '120' is out of range: this wants a"
                + " percentage from 0 to 100",
            "medicd.yaml:6: limits.memory-leak.min-rss: '10s' has no known unit: known units are B,"
                + " KiB, MiB, GiB, TiB, kB, MB, GB and TB",
            "medicd.yaml:7: budget.per-rule: 'often' is not a rate: write 3/10m for three in ten"
                + " minutes",
            "medicd.yaml:8: 'store' must hold keys and their values, not a list");
  }

  @Test
  void poolsAreChecked() {
    assertThat(
            problems(
                """
                pools:
                  worker@.service: { min: 5, max: 2 }
                  worker@1.service: { min: 1, max: 2 }
                  web@.service: { min: 0, ports: 80 }
                  job@.service: { min: 1, max: 2, queue: spool, port: 70000 }
                """))
        .containsExactly(
            "medicd.yaml:2: 'pools.worker@.service': min (5) must not be above max (2)",
            "medicd.yaml:3: 'worker@1.service' is no template unit, as worker@.service",
            "medicd.yaml:4: pools.web@.service.min: '0' is not a whole number from 1 to 1000",
            "medicd.yaml:4: 'pools.web@.service' needs 'max'",
            "medicd.yaml:4: unknown key 'pools.web@.service.ports', did you mean 'port'?",
            "medicd.yaml:5: pools.job@.service.queue: 'spool' must be an absolute path, from /",
            "medicd.yaml:5: pools.job@.service.port: '70000' is not a port: a number from 1 to"
                + " 65535");
  }

  @Test
  void whatActionsMayTouchIsChecked() {
    assertThat(
            problems(
                """
                ask-before: [drop-cache, exec, exec:flush, page]
                vacuum:
                  journal: 500
                  tmpfiles: yes
                  files:
                    - { folder: /, glob: "*.gz", older-than: 7d }
                    - { folder: /var/log/../lib, glob: "[", older-than: 59s }
                    - { folder: /var/log/app, glob: "../x" }
                exec: { folder: actions, timeout: 1h }
                """))
        .containsExactly(
            "medicd.yaml:1: ask-before: 'drop-cache' is no action that changes something, did you"
                + " mean 'drop-caches'?",
            "medicd.yaml:1: ask-before: 'page' is no action that changes something",
            "medicd.yaml:3: vacuum.journal: '500' lacks its unit: known units are B, KiB, MiB, GiB,"
                + " TiB, kB, MB, GB and TB, did you mean '500B'?",
            "medicd.yaml:4: vacuum.tmpfiles: 'yes' is neither on nor off",
            "medicd.yaml:6: vacuum.files[0].folder: '/' must be a folder below /, without . and ..",
            "medicd.yaml:7: vacuum.files[1].folder: '/var/log/../lib' must be a folder below /,"
                + " without . and ..",
            "medicd.yaml:7: vacuum.files[1].glob: '[' is no pattern of files: Missing ']",
            "medicd.yaml:7: vacuum.files[1].older-than: '59s' is out of range: from 1m to 36500d",
            "medicd.yaml:8: vacuum.files[2].glob: '../x' must stay below its folder, as *.gz or"
                + " **.gz",
            "medicd.yaml:8: 'vacuum.files[2]' needs 'older-than'",
            "medicd.yaml:9: exec.folder: 'actions' must be an absolute path, from /",
            "medicd.yaml:9: exec.timeout: '1h' is out of range: from 100ms to 10m");
  }

  @Test
  void whoIsToldAndWhenIsChecked() {
    assertThat(
            problems(
                """
                alerts:
                  email: { host: mail.example.org, to: [ops@example.org] }
                  webhooks: [ { name: pager, url: "https://example.org/" } ]
                  routes:
                    - { match: [unit-failed], to: [pagr] }
                    - { match: ["unt=db"], at-least: bad }
                  quiet-hours:
                    - { calendar: "22:00", for: 9 }
                    - { calendar: "22:00", for: 9h, channels: [slack] }
                  most-per-minute: 0
                  remind: 40d
                """))
        .containsExactly(
            "medicd.yaml:5: alerts.routes[0].to: 'pagr' is no channel here: there is email, pager,"
                + " did you mean 'pager'?",
            "medicd.yaml:6: alerts.routes[1].match: 'unt' is nothing to match by: known are"
                + " diagnosis, rule, unit, process, user, subject, did you mean 'unit'?",
            "medicd.yaml:6: alerts.routes[1].at-least: 'bad' is not one of info, warning, critical",
            "medicd.yaml:6: a route needs 'to', a list of channels; [] tells nobody",
            "medicd.yaml:8: alerts.quiet-hours[0].for: '9' lacks its unit: known units are ms, s,"
                + " m, h and d, did you mean '9s'?",
            "medicd.yaml:9: alerts.quiet-hours[1].channels: 'slack' is no channel here: there is"
                + " email, pager",
            "medicd.yaml:10: alerts.most-per-minute: '0' is not a whole number from 1 to 10000",
            "medicd.yaml:11: alerts.remind: '40d' is out of range: from 0s to 30d");
  }

  @Test
  void maintenanceWindowsAreChecked() {
    assertThat(
            problems(
                """
                maintenance:
                  - { name: patches, calendar: Sunn 02:00, for: 2h }
                  - { name: backup, calendar: "*-02-30", for: 2h, match: [db] }
                  - { name: deploys, for: 31d, match: ["unt=db.service", "unit="] }
                  - { name: nights, calendar: 22:00, for: 8 }
                  - { calendar: daily, for: 1h, on: [x] }
                  - { name: ends, calendar: Fri 18:00, for: 4h }
                  - { name: ends, calendar: Mon 18:00, for: 4h }
                  - never
                """))
        .containsExactly(
            "medicd.yaml:2: maintenance[0].calendar: 'Sunn' is no day of the week, as Mon, did you"
                + " mean 'Sun'?",
            "medicd.yaml:3: maintenance[1].calendar: '*-02-30' never comes: there is no such day",
            "medicd.yaml:4: 'maintenance[2]' needs 'calendar'",
            "medicd.yaml:4: maintenance[2].for: '31d' is out of range: from 1s to 30d",
            "medicd.yaml:4: maintenance[2].match: 'unt' is nothing to match by: known are"
                + " diagnosis, rule, unit, process, user, subject, did you mean 'unit'?",
            "medicd.yaml:4: maintenance[2].match: 'unit=' names nobody",
            "medicd.yaml:5: maintenance[3].for: '8' lacks its unit: known units are ms, s, m, h and"
                + " d, did you mean '8s'?",
            "medicd.yaml:6: 'maintenance[4]' needs 'name'",
            "medicd.yaml:6: unknown key 'maintenance[4].on', known are calendar, for, match, name",
            "medicd.yaml:8: maintenance window 'ends' is already given",
            "medicd.yaml:9: 'maintenance[7]' must hold keys and their values, not a single value",
            "medicd.yaml:9: 'maintenance[7]' needs 'name'",
            "medicd.yaml:9: 'maintenance[7]' needs 'calendar'",
            "medicd.yaml:9: 'maintenance[7]' needs 'for'");
  }

  @Test
  void aStarWantsQuotes() {
    assertThat(problems("maintenance:\n  - { name: x, calendar: *-*-* 02:00, for: 1h }\n"))
        .singleElement()
        .asString()
        .startsWith("medicd.yaml:2: invalid YAML: ")
        .endsWith(": a value that starts with * needs quotes");
  }

  @ParameterizedTest
  @CsvSource({
    "/var",
    "/var/lib",
    "/usr",
    "/usr/share/x",
    "/usr/local",
    "/etc/x",
    "/lib64",
    "/home"
  })
  void theSystemsOwnFoldersAreNotCleaned(String folder) {
    String yaml = "vacuum: { files: [ { folder: %s, glob: '**', older-than: 7d } ] }";
    assertThat(problems(yaml.formatted(folder)))
        .containsExactly(
            "medicd.yaml:1: vacuum.files[0].folder: '"
                + folder
                + "' belongs to the system as a whole: name the folder of what may go");
  }

  @ParameterizedTest
  @CsvSource({"/var/log", "/var/lib/app", "/usr/local/app/log", "/scratch", "/home/app", "/tmp"})
  void othersMayBe(String folder) {
    String yaml = "vacuum: { files: [ { folder: %s, glob: '*.gz', older-than: 7d } ] }";
    assertThat(problems(yaml.formatted(folder))).isEmpty();
  }

  @Test
  void keepsWhatIsGoodBesideWhatIsNot() {
    Settings settings = ConfigReader.parse("f", "tick: 1\ncooldown: 5s\n").settings();
    assertThat(settings.tick()).isEqualTo(Settings.defaults().tick());
    assertThat(settings.guards().cooldown()).hasSeconds(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          tick: 1 | tick: '1' lacks its unit: known units are ms, s, m, h and d, did you mean '1s'?
          tick: 99ms | tick: '99ms' is out of range: from 100ms to 1m
          tick: 61s | tick: '61s' is out of range: from 100ms to 1m
          tick: [1s] | 'tick' must be a single value, not a list
          tick: | 'tick' has no value: give a value, or leave the key out (a value that starts with # needs quotes)
          mode: shadow | mode: 'shadow' is not one of observe, approve, act
          rules: /etc/rules | 'rules' must be a list, not a single value: write [/etc/rules]
          rules: [rules.d] | rules: 'rules.d' must be an absolute path, from /
          rules: | 'rules' must be a list, not nothing
          - mode | the file must hold keys and their values, not a list
          ? [a, b] | a key must be a word, not a list
          protect: { units: [nginx] } | protect.units: 'nginx' lacks the kind of unit, did you mean 'nginx.service'?
          protect: { processes: ["worker[12]"] } | protect.processes: 'worker[12]' has brackets or braces: only * and ? stand for others, so list each name
          protect: { units: ["{a,b}.service"] } | protect.units: '{a,b}.service' has brackets or braces: only * and ? stand for others, so list each name
          scope: { unit: [a.service] } | unknown key 'scope.unit', did you mean 'units'?
          scope: { zzzzzzzzzzzz: [] } | unknown key 'scope.zzzzzzzzzzzz', known are processes, units, users
          limits: { cpu-runaway: { fro: 5s } } | unknown key 'limits.cpu-runaway.fro', did you mean 'for'?
          limits: { cpu-runawy: { for: 5s } } | unknown key 'limits.cpu-runawy', did you mean 'cpu-runaway'?
          limits: { cpu-runaway: { for: 0s } } | limits.cpu-runaway.for: '0s' is out of range: this wants a duration longer than nothing, as 10s or 1h30m
          limits: { cpu-runaway: { for: 256MiB } } | limits.cpu-runaway.for: this wants a duration longer than nothing, as 10s or 1h30m, not '256MiB'
          limits: { cpu-runaway: { cpu-percent: 10s } } | limits.cpu-runaway.cpu-percent: this wants a percentage of one core, 1 or more, not '10s'
          limits: { zombie-storm: { zombies: 1.5 } } | limits.zombie-storm.zombies: '1.5' is out of range: this wants a whole number, 1 or more
          limits: { load-high: { load: .inf } } | limits.load-high.load: this wants a number, 0 or more, not '.inf'
          limits: { memory-low: { raise-percent: 60 } } | 'limits.memory-low': clear-percent (70) must be below raise-percent (60)
          limits: { my-own: { Depth: 1 } } | key 'Depth' must be small letters, digits and hyphens, as my-limit
          limits: { my-own: { depth: deep } } | limits.my-own.depth: 'deep' is neither a number nor a duration (10s) nor a size (256MiB), nor on or off
          limits: { my-own: 5 } | 'limits.my-own' must hold keys and their values, not a single value
          budget: { per-rule: 3/0s } | budget.per-rule: '3/0s' has a window of nothing: write 3/10m for three in ten minutes
          store: { max-size: 1KiB } | store.max-size: '1KiB' is out of range: at least 1MiB
          http: { listen: 7780 } | http.listen: '7780' is not an address and port, as 127.0.0.1:7780
          http: { listen: "127.0.0.1:77800" } | http.listen: '77800' is not a port: a number from 0 to 65535
          http: { listen: "0.0.0.0:80" } | 'http.listen' is open to other hosts: that needs 'http.token-file' as well
          alerts: { email: { host: mx } } | 'alerts.email' needs 'to', a list of receivers
          alerts: { email: { to: [a@b] } } | 'alerts.email' needs 'host'
          alerts: { email: { host: mx, to: [] } } | 'alerts.email.to' is empty: name at least one receiver
          alerts: { email: { host: mx, to: [a@b], user: u } } | 'alerts.email.user' needs 'password-file' as well
          alerts: { email: { host: mx, to: [a@b], user: u, password-file: /p, tls: none } } | 'alerts.email.tls: none' would send the password in the clear
          alerts: { email: { host: mx, to: ["a@b\\nBcc: x@y"] } } | alerts.email.to: 'a@b\uFFFDBcc: x@y' holds a control character or a line end
          alerts: { slack: { token-file: t/t, channel: c } } | alerts.slack.token-file: what stands there is neither an absolute path, from /, nor the name of a credential
          alerts: { webhooks: [ { name: a, url: "ftp://x/" } ] } | alerts.webhooks[0].url: 'ftp://x/' is not a web address that starts with http:// or https://
          alerts: { email: { host: mx, to: [a@b], fallbacks: [ { host: my, user: u } ] } } | 'alerts.email.fallbacks[0].user' needs 'password-file' as well
          alerts: { email: { host: mx, to: [a@b], fallbacks: [ { port: 26 } ] } } | 'alerts.email.fallbacks[0]' needs 'host'
          alerts: { slack: { channel: c } } | 'alerts.slack' needs 'token-file'
          alerts: { slack: { token-file: /t, channel: c, users: ["@bob"] } } | alerts.slack.users: '@bob' is not the id of a Slack user, as U012AB3CD (profile, ⋮, Copy member ID)
          alerts: { webhooks: [ { name: a, url: "https://x/", format: pagerduty } ] } | 'format: pagerduty' needs 'secret-file' as well: it holds the integration key
          alerts: { webhooks: [ { name: a } ] } | 'alerts.webhooks[0]' needs 'url' or 'url-file'
          alerts: { webhooks: [ { name: a, url: "https://x/", url-file: /x } ] } | 'alerts.webhooks[0]' has 'url' and 'url-file': one is enough
          alerts: { webhooks: [ { name: a, url: "https://x/y z" } ] } | alerts.webhooks[0].url: 'https://x/' with what follows is not a web address: Illegal character in path
          alerts: { webhooks: [ { name: email, url: "https://x/" } ], email: { host: mx, to: [a@b] } } | channel 'email' is already given
          alerts: { commands: [ { name: a, program: /bin/a } ] } | alerts.commands[0].program: '/bin/a' must be the name of a program in exec.folder, not a path
          alerts: { heartbeat: { every: 1m } } | 'alerts.heartbeat' needs 'url-file'
          alerts: { heartbeat: { url-file: /x, patience: 2d } } | alerts.heartbeat.patience: '2d' is out of range: from 10s to 1d
          alerts: { heartbeat: { url-file: /x, every: 1s } } | alerts.heartbeat.every: '1s' is out of range: from 10s to 1d
          """)
  void says(String text, String problem) {
    assertThat(problems(text)).containsExactly("medicd.yaml:1: " + problem);
  }

  /** Whoever knows the address of a receiver may write to it, or pretend to be well. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "webhooks: [ { name: a, url: \"hxxps://hooks.example/s3cret\" } ]",
        "webhooks: [ { name: a, url: \"https://hooks.example/s3cret x\" } ]",
        "webhooks: [ { name: a, url: \"hooks.example/s3cret\" } ]",
        "webhooks: [ { name: a, url: \"https:/hooks.example/s3cret\" } ]",
        "webhooks: [ { name: a, url: \"https:///s3cret\" } ]",
        "webhooks: [ { name: a, url: \"https://me:s3cret@hooks.example/ x\" } ]",
        "webhooks: [ { name: a, url: \"https://hooks.example/\\ts3cret\" } ]",
        "webhooks: [ { name: a, url: [ \"https://hooks.example/s3cret\" ] } ]",
        "webhooks: [ { name: a, url:https://hooks.example/s3cret } ]",
        "webhooks: [ { name: a, https://hooks.example/s3cret } ]",
        "webhooks: [ { name: https://hooks.example/s3cret, url: \"https://x/\" } ]",
        "webhooks: [ { name: a, url: *https://hooks.example/s3cret } ]",
        "webhooks: [ { name: a, url-file: \"https://hooks.example/s3cret\" } ]",
        "webhooks: [ { name: a, url-file: hooks.example/s3cret } ]",
        "webhooks: [ { name: a, url: \"https://x/s3cret\", url-file: /x } ]",
        "webhooks: https://hooks.example/s3cret",
        "webhooks: [ https://hooks.example/s3cret ]",
        "heartbeat: { url: \"https://beat.example/s3cret\" }",
        "heartbeat: { url-file: \"https://beat.example/s3cret\" }",
        "heartbeat: https://beat.example/s3cret",
      })
  void showsNoMoreOfAnAddressThanItsHost(String alerts) {
    assertThat(problems("alerts: { " + alerts + " }"))
        .isNotEmpty()
        .noneMatch(each -> each.contains("s3cret"));
  }

  @Test
  void findsAKeyThatIsGivenTwice() {
    assertThat(problems("mode: act\nstore: { retention: 1d, retention: 2d }\nmode: observe\n"))
        .containsExactly(
            "medicd.yaml:2: key 'store.retention' is already given in line 2",
            "medicd.yaml:3: key 'mode' is already given in line 1");
  }

  @Test
  void findsTwoWebhooksOfOneName() {
    assertThat(
            problems(
                """
                alerts:
                  webhooks:
                    - { name: pager, url: "http://a.example/" }
                    - { name: pager, url: "http://b.example/" }
                """))
        .containsExactly("medicd.yaml:4: channel 'pager' is already given");
  }

  @ParameterizedTest
  @CsvSource({"'mode: act\ntick: [1s', 2", "'mode: act\n\ttick: 1s', 2", "'a: \"open', 1"})
  void tellsTheLineOfInvalidYaml(String text, int line) {
    List<String> problems = problems(text);
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0)).startsWith("medicd.yaml:" + line + ": invalid YAML: ");
  }

  @Test
  void refusesTwoDocumentsInOneFile() {
    assertThat(problems("mode: act\n---\nmode: observe\n")).hasSize(1);
  }

  @Test
  void survivesAliasesThatHoldThemselvesAndDeepNests() {
    assertThat(problems("limits: &a { my-own: *a }")).isNotEmpty();
    assertThat(problems("a: " + "[".repeat(100_000))).hasSize(1);
  }

  @Test
  void showsAHostileKeyOnOneLine() {
    assertThat(problems("\"a\\nb\\e[31m\": 1"))
        .singleElement()
        .asString()
        .startsWith("medicd.yaml:1: unknown key 'a\uFFFDb\uFFFD[31m', known are ");
  }
}

package org.medicd.notify.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medicd.config.Alerts;
import org.medicd.config.Exec;
import org.medicd.lab.NeedsRoot;
import org.medicd.linux.AdminPrograms;
import org.medicd.linux.Programs;
import org.medicd.linux.TrustedPrograms;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Letter;
import org.medicd.notify.Notices;
import org.medicd.notify.Proxies;
import org.medicd.notify.Wording;
import org.medicd.plan.Notice;
import org.medicd.plan.Severity;

/** By real programs, which root runs as somebody else. */
@NeedsRoot
@Timeout(60)
class CommandChannelTest {
  private static final AdminPrograms PROGRAMS =
      new AdminPrograms(new Programs(TrustedPrograms.ofThisHost()));

  private Path folder;
  private Proxies proxies = Proxies.of(Map.of());

  /** Every folder above a program must be root's alone. */
  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory(Path.of("/var/tmp"), "medicd-test-commands");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectory(folder.resolve("out"));
    Files.setPosixFilePermissions(
        folder.resolve("out"), PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @AfterEach
  void removeFolder() throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private CommandChannel channel(String... lines) throws IOException {
    Path file = Files.writeString(folder.resolve("tell"), "#!/bin/sh\n" + String.join("\n", lines));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return channel(List.of());
  }

  /** Each as its name and its value. */
  private void follow(String... variables) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    proxies = Proxies.of(environment);
  }

  private CommandChannel channel(List<String> arguments) {
    Exec exec = new Exec(folder, "nobody", Duration.ofSeconds(2));
    return new CommandChannel(
        new Alerts.Command("siren", "tell", arguments, Severity.CRITICAL),
        () -> exec,
        PROGRAMS,
        proxies,
        () -> Wording.OWN);
  }

  /** What the program wrote down; in a folder that it may write to. */
  private List<String> told() throws IOException {
    return Files.readAllLines(folder.resolve("out/told"));
  }

  private String writingDown(String what) {
    return what + " > " + folder + "/out/told";
  }

  @Test
  void theProgramKnowsTheLetterByItsEnvironment() throws Exception {
    CommandChannel channel = channel(writingDown("env | grep '^MEDICD_' | sort"));
    assertThat(channel.deliver(Notices.letterIn("first", Notices.exhausted()))).isNull();
    assertThat(told())
        .contains(
            "MEDICD_COMM=burner",
            "MEDICD_COUNT=1",
            "MEDICD_DIAGNOSIS=cpu-runaway",
            "MEDICD_HOST=web-1",
            "MEDICD_INCIDENT=20261123-100000-1",
            "MEDICD_INCIDENTS=20261123-100000-1",
            "MEDICD_KEY=20261123-100000-1.3",
            "MEDICD_KIND=exhausted",
            "MEDICD_OVER=no",
            "MEDICD_PID=12",
            "MEDICD_SEVERITY=warning",
            "MEDICD_STATE=exhausted",
            "MEDICD_SUBJECT=process",
            "MEDICD_THREAD=first",
            "MEDICD_TITLE=web-1: cpu-runaway exhausted, nothing helped: burner (pid 12,"
                + " burner.service), warning",
            "MEDICD_UNIT=burner.service");
  }

  @Test
  void whatIsShownIsItsEnvironment() {
    assertThat(channel(List.of()).shown(Notices.letter(Notices.exhausted())).lines())
        .contains(
            "MEDICD_HOST=web-1", "MEDICD_KIND=exhausted", "- 98.3 % of a core wanted, for 60 s");
  }

  @Test
  void theWholeTextIsThereWithItsLines() throws Exception {
    channel(writingDown("printf %s \"$MEDICD_TEXT\"")).deliver(Notices.letter(Notices.opened()));
    assertThat(told()).contains("Because:", "- 98.3 % of a core wanted, for 60 s", "Next: term");
  }

  @Test
  void ofSeveralTheWorstCountsAndAllAreNamed() throws Exception {
    Notice[] many =
        IntStream.rangeClosed(1, 3)
            .mapToObj(
                i -> Notices.nth(i, "unit-failed", i == 2 ? Severity.CRITICAL : Severity.INFO))
            .toArray(Notice[]::new);
    Letter letter = Notices.letter(many);
    channel(writingDown("env | sort")).deliver(letter);
    assertThat(told())
        .contains(
            "MEDICD_COUNT=3",
            "MEDICD_INCIDENTS=20261123-100000-1 20261123-100000-2 20261123-100000-3",
            "MEDICD_SEVERITY=critical",
            "MEDICD_KEY=" + letter.key())
        .noneMatch(line -> line.startsWith("MEDICD_INCIDENT="));
  }

  @Test
  void ofSeveralWhatMattersMostOfThoseThatAreOpenIsItsKind() {
    CommandChannel channel = channel(List.of());
    Notice over = Notices.nthClosed(1, "unit-failed", Severity.CRITICAL);
    Notice open = Notices.nth(2, "unit-failed", Severity.CRITICAL);
    assertThat(channel.shown(Notices.letter(over, open)).lines()).contains("MEDICD_KIND=opened");
    assertThat(channel.shown(Notices.letter(over)).lines()).contains("MEDICD_KIND=closed");
  }

  @Test
  void itRunsAsTheConfiguredUserWithItsArgumentsAsTheyAre() throws Exception {
    channel(writingDown("{ id -un; for each in \"$@\"; do echo \"<$each>\"; done; }"));
    channel(List.of("--loud", "$HOME; id")).deliver(Notices.letter(Notices.opened()));
    assertThat(told()).containsExactly("nobody", "<--loud>", "<$HOME; id>");
  }

  @Test
  void itGoesThroughTheProxiesOfTheDaemon() throws Exception {
    follow(
        "http_proxy", "http://a:3128",
        "HTTPS_PROXY", "http://me:s3cret@b:3128",
        "no_proxy", ".lan",
        "HTTP_PROXY", "http://from-outside:1",
        "all_proxy", "",
        "CREDENTIALS_DIRECTORY", "/run/credentials");
    CommandChannel channel = channel(writingDown("env | grep -v ^MEDICD_ | sort"));
    channel.deliver(Notices.letter(Notices.opened("x")));
    assertThat(told())
        .filteredOn(line -> !line.matches("(PATH|LC_ALL|HOME|PWD|SHLVL|_|OLDPWD)=.*"))
        .filteredOn(line -> line.matches("[A-Za-z_]+=.*"))
        .containsExactlyInAnyOrder(
            "HTTPS_PROXY=http://me:s3cret@b:3128", "http_proxy=http://a:3128", "no_proxy=.lan");
    assertThat(channel.shown(Notices.letter(Notices.opened("x")))).doesNotContain("s3cret");
  }

  /** As curl -v does, and others when they fail. */
  @Test
  void whatItSaysOfTheLoginOfAProxyIsNotShown() throws Exception {
    follow("https_proxy", "me:s3cret@b:3128");
    assertThat(failure(channel("echo \"no way through http://$https_proxy/\"; exit 1")))
        .hasMessage("tell ended with status 1: no way through http://…@b:3128/");
    assertThat(failure(channel("echo \"$https_proxy\"; exit 65")))
        .hasMessage("tell ended with status 65: …@b:3128");
  }

  private DeliveryException failure(CommandChannel channel) {
    return catchThrowableOfType(
        DeliveryException.class, () -> channel.deliver(Notices.letter(Notices.opened())));
  }

  @Test
  void whatItSaysLastTellsWhyItFailedAndItIsTriedAgain() throws Exception {
    for (int status : List.of(1, 69, 75, 78, 255)) {
      DeliveryException failure =
          failure(channel("echo trying", "echo 'no signal' >&2", "exit " + status));
      assertThat(failure).hasMessage("tell ended with status " + status + ": no signal");
      assertThat(failure.isForGood()).as(status + "").isFalse();
    }
  }

  @Test
  void itMayRefuseALetterForGood() throws Exception {
    DeliveryException failure = failure(channel("exit 65"));
    assertThat(failure).hasMessage("tell ended with status 65");
    assertThat(failure.isForGood()).isTrue();
  }

  @Test
  void oneThatDoesNotEndIsEndedAndTriedAgain() throws Exception {
    DeliveryException failure = failure(channel("echo calling", "sleep 333"));
    assertThat(failure).hasMessage("tell did not end within 2000 ms, and was ended: calling");
    assertThat(failure.isForGood()).isFalse();
  }

  @Test
  void oneThatIsNotThereOrNotTrustedIsSaidAndTriedAgain() throws Exception {
    assertThatThrownBy(() -> channel(List.of()).deliver(Notices.letter(Notices.opened())))
        .hasMessageContaining("tell is not an executable file");
    CommandChannel channel = channel("true");
    Files.setPosixFilePermissions(
        folder.resolve("tell"), PosixFilePermissions.fromString("rwxrwxrwx"));
    DeliveryException failure = failure(channel);
    assertThat(failure).hasMessageContaining("writable by its group and everybody");
    assertThat(failure.isForGood()).isFalse();
  }

  /** Whether logger(1) gets it into the journal, SystemJournalIT sees. */
  @Test
  void theExampleAsksLogger() throws Exception {
    String example = Files.readString(Path.of("examples/alert-to-syslog"));
    String logs = "exec logger ";
    assertThat(example).contains(logs);
    String writes = writingDown("show() { printf '%s\\n' \"$@\"") + "; }; show ";
    channel(example.replace(logs, writes))
        .deliver(Notices.letter(Notices.opened(Severity.CRITICAL)));
    assertThat(told())
        .containsExactly(
            "--tag",
            "medicd-alert",
            "--priority",
            "daemon.crit",
            "--",
            "CRITICAL web-1: cpu-runaway opened: burner (pid 12, burner.service)");
  }
}

package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.cli.Checks;
import org.medicd.cli.Medic;
import org.medicd.cli.NoServices;
import org.medicd.cli.Surroundings;
import org.medicd.config.Problem;
import org.medicd.plan.Mode;

/** What check says and run stands on: configuration and rules together. */
class PreparationTest {
  private static final String GOOD = "rule \"r\" when Proc( comm == \"x\" ) then end\n";
  private static final String BROKEN_CONFIG = "mode: acts\ncolldown: 5s\n";
  private static final String BROKEN_RULES =
      """
      rule "a" when Proc( com == "x" ) then end
      rule "b" when Proc( comm == "x" ) then foo(); end
      """;

  private @TempDir Path folder;
  private Path config;
  private Path rules;

  @BeforeEach
  void folders() throws IOException {
    config = Files.writeString(folder.resolve("medicd.yaml"), "mode: observe\n");
    rules = Files.createDirectory(folder.resolve("rules"));
    for (Path each : List.of(folder, config, rules)) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private Path rule(String name, String content) throws IOException {
    Path file = Files.writeString(rules.resolve(name), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return file;
  }

  private List<String> problems() {
    return Preparation.of(config, List.of(rules), null).problems().stream()
        .map(problem -> problem.toString().replace(folder + "/", ""))
        .toList();
  }

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** As Main has it. */
  private int medic(String... arguments) {
    Checks checks =
        (file, folders) ->
            Preparation.of(file, folders, null).problems().stream().map(Problem::toString).toList();
    Surroundings surroundings =
        new Surroundings(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            false,
            () -> IncidentAt.OPENED,
            () -> false);
    return Medic.run(surroundings, NoServices.but(checks, settings -> 0), arguments);
  }

  @Test
  void goodOnesArePrepared() throws IOException {
    rule("r.drl", GOOD);
    Preparation prepared = Preparation.of(config, List.of(rules), Mode.ACT);
    assertThat(prepared.problems()).isEmpty();
    assertThat(prepared.pack()).isNotNull();
    assertThat(prepared.settings().mode()).isEqualTo(Mode.ACT);
    assertThat(medic("check", "--config", config.toString(), "--rules", rules.toString())).isZero();
    assertThat(out.toString()).isEqualTo("no problems\n");
  }

  @Test
  void checkTellsAllOfBothInOneRun() throws IOException {
    Files.writeString(config, BROKEN_CONFIG);
    rule("r.drl", BROKEN_RULES);
    assertThat(medic("check", "--config", config.toString(), "--rules", rules.toString()))
        .isEqualTo(1);
    assertThat(out.toString().replace(folder + "/", "").lines())
        .containsExactly(
            "medicd.yaml:1: mode: 'acts' is not one of observe, approve, act, did you mean 'act'?",
            "medicd.yaml:2: unknown key 'colldown', did you mean 'cooldown'?",
            "rules/r.drl:1: rule \"a\": Proc has no field 'com', did you mean 'comm'?",
            "rules/r.drl:2: rule \"b\": there is no function 'foo'");
    assertThat(err.toString()).isEqualTo("4 problems\n");
  }

  @Test
  void runRefusesToStart() throws IOException, InterruptedException {
    Files.writeString(config, BROKEN_CONFIG);
    rule("r.drl", BROKEN_RULES);
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    Folders folders = Folders.of(folder.resolve("state"), folder.resolve("run"), null);
    Options options = new Options(config, List.of(rules), folders, null);
    assertThat(Start.foreground(options, new PrintStream(stderr, true, StandardCharsets.UTF_8)))
        .isEqualTo(2);
    assertThat(stderr.toString(StandardCharsets.UTF_8).lines())
        .hasSize(5)
        .last()
        .isEqualTo("medicd does not start: mend what is said above, and try with: medic check");
    assertThat(folders.state()).doesNotExist();
  }

  @Test
  void rulesThatOthersMayWriteAreRefused() throws IOException {
    Path file = rule("r.drl", GOOD);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(problems())
        .containsExactly(
            "rules/r.drl: rules/r.drl is writable by its group and everybody (mode 0666): chmod"
                + " go-w rules/r.drl");
    assertThat(Preparation.of(config, List.of(rules), null).pack()).isNull();
  }

  @Test
  void aFolderThatOthersMayWriteIsNamedOnce() throws IOException {
    rule("a.drl", GOOD);
    rule("b.drl", GOOD.replace("\"r\"", "\"s\""));
    Files.setPosixFilePermissions(rules, PosixFilePermissions.fromString("rwxrwxr-x"));
    assertThat(problems()).hasSize(1).first().asString().contains("chmod go-w rules");
  }

  @Test
  void aConfigurationThatOthersMayWriteIsRefused() throws IOException {
    rule("r.drl", GOOD);
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-rw-r--"));
    assertThat(problems())
        .singleElement()
        .asString()
        .contains("medicd.yaml is writable by its group");
  }

  @Test
  void aFolderWithoutRulesIsAProblem() {
    assertThat(problems())
        .singleElement()
        .asString()
        .contains("there is no rule file (*.drl) in there");
  }

  @Test
  void aFolderThatIsNotThereIsAProblem() {
    List<Problem> problems =
        Preparation.of(config, List.of(folder.resolve("nowhere")), null).problems();
    assertThat(problems).extracting(Problem::message).contains("there is no such folder of rules");
  }

  @Test
  void checkTellsOfProgramsThatWouldNotBeRun() throws IOException {
    Path actions = Files.createDirectory(folder.resolve("actions"));
    Files.setPosixFilePermissions(actions, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String name : List.of("good", "open")) {
      Path program = Files.writeString(actions.resolve(name), "#!/bin/sh\n");
      String mode = name.equals("good") ? "rwxr-xr-x" : "rwxrwxrwx";
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString(mode));
    }
    Files.writeString(
        config,
        """
        exec: { folder: %s }
        alerts:
          commands:
            - { name: one, program: good }
            - { name: two, program: open }
        """
            .formatted(actions));
    rule(
        "r.drl",
        """
        rule "d" when Host( load1 > 1 ) then
          insertLogical( new Diagnosis("d", new HostId()) ); end
        rule "t" when $d : Diagnosis( name == "d" ) then
          medic.treat($d).exec("good", "1s")
              .exec("missing", "1s").page(); end
        """);
    assertThat(
            Preparation.check(config, List.of(rules), IncidentAt.OPENED).stream()
                .map(problem -> problem.toString().replace(folder + "/", "")))
        .hasSize(2)
        .anyMatch(
            each ->
                each.startsWith(
                        "medicd.yaml:5: alerts.commands[1].program: actions/open is not run")
                    && each.contains("chmod go-w"))
        .contains("rules/r.drl:5: rule \"t\": actions/missing is not an executable file");
  }

  @Test
  void checkReadsTheTemplatesOfLettersToo() throws IOException {
    rule("a.drl", GOOD);
    Path templates = Files.createDirectory(folder.resolve("templates"));
    Path template = Files.writeString(templates.resolve("text.txt"), "{{host}}\n{{hedline}}\n");
    Files.setPosixFilePermissions(templates, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(template, PosixFilePermissions.fromString("rw-r--r--"));
    Files.writeString(config, "alerts: { templates: " + templates + " }\n");
    assertThat(Preparation.check(config, List.of(rules), Instant.EPOCH))
        .extracting(Problem::toString)
        .containsExactly(template + ":2: there is no field 'hedline', did you mean 'headline'?");
    assertThat(Preparation.of(config, List.of(rules), null).pack()).isNotNull();
  }
}

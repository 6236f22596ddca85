package org.medicd.rule;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medicd.fact.Scene;
import org.medicd.plan.Assessment;
import org.medicd.plan.Finding;
import org.medicd.plan.Severity;
import org.medicd.plan.Treatment;

/** What an admin can do with folders of rules. */
class RulePackTest {
  private static final Path SHIPPED = Path.of("rules");

  private final Scene scene = new Scene();
  private @TempDir Path path;
  private RuleFolder folder;

  @BeforeEach
  void folder() {
    folder = new RuleFolder(path);
  }

  private Assessment after(int seconds, Path... before) {
    try (RuleEngine engine = folder.engine(before)) {
      Assessment now = engine.consider(scene.after(ofSeconds(1)));
      for (int i = 1; i < seconds; i++) {
        now = engine.consider(scene.after(ofSeconds(1)));
      }
      return now;
    }
  }

  private static List<String> actions(Finding finding) {
    Treatment treatment = Objects.requireNonNull(finding.treatment());
    return treatment.rungs().stream().map(rung -> rung.action().label()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Proc( startedAt.epochSecond > 5 )",
        "Proc( this.cpuAvg10 > 90 )",
        "Symptom( subject.kind == \"process\" )",
        "Proc( id.pid == 1 )",
        "Proc( io.readBytesPerSecond > 5 )"
      })
  void aConditionMayReachIntoWhatAFieldHolds(String pattern) {
    String rule = "rule \"r\" when " + pattern + " then end";
    assertThat(new RuleFolder(path).file("r.drl", rule).problems()).isEmpty();
  }

  @Test
  void aUserTreatsOneServiceInAnotherWay() {
    folder.file(
        "99-web.drl",
        """
        rule "treatment: cpu runaway of the web server" salience 10
        when
            $d : Diagnosis( name == "cpu-runaway", $who : subject )
            Proc( id == $who, unit == "web.service" )
        then
            medic.treat($d).reloadUnit("5s").page();
        end
        """);
    scene
        .memoryUsed(50)
        .has(7, p -> p.cpu(99.0).unit("web.service"))
        .has(8, p -> p.cpu(99.0).unit("db.service"));
    List<Finding> findings = after(62, SHIPPED).findings();
    assertThat(findings).hasSize(2);
    for (Finding finding : findings) {
      boolean web =
          finding
              .diagnosis()
              .subject()
              .equals(java.util.Objects.requireNonNull(scene.process(7)).id());
      assertThat(actions(finding))
          .isEqualTo(
              web
                  ? List.of("reload-unit", "page")
                  : List.of("capture", "term", "kill", "restart-unit", "page"));
    }
  }

  @Test
  void aFileOfALaterFolderReplacesTheShippedOneOfTheSameName() {
    folder.file("cpu.drl", "rule \"of my own\" when Proc( comm == \"x\" ) then end\n");
    assertThat(folder.pack(SHIPPED).rules())
        .extracting(RuleText::name)
        .contains("of my own", "symptom: the host has many zombies")
        .doesNotContain("diagnosis: cpu runaway");
  }

  @Test
  void anEmptyFileSwitchesTheShippedOneOff() {
    folder.file("cpu.drl", "").file("hang.drl", "\n// off\n");
    assertThat(folder.pack(SHIPPED).rules())
        .extracting(RuleText::name)
        .contains("diagnosis: zombie storm")
        .doesNotContain("diagnosis: cpu runaway", "diagnosis: d-state pileup");
  }

  @Test
  void aFileNeedsNoPackageAndNoImports() {
    folder.file("mine.drl", "rule \"r\" when Proc( comm == \"x\" ) then end\n");
    assertThat(folder.pack().rules()).hasSize(1);
  }

  @Test
  void aFileMayHaveImportsAndFunctionsOfItsOwn() {
    folder.file(
        "mine.drl",
        """
        /* a comment
           package of.lies; */
        package com.example.rules
        import java.util.Locale;
        import org.medicd.fact.ProcState;

        function boolean isBig( Long bytes ) {
            return bytes != null && bytes > 100;
        }

        rule "r" @severity("critical") @mode(observe)
        when
            $p : Proc( isBig( rssBytes ), state == ProcState.SLEEPING )
        then
            insertLogical( new Diagnosis("big".toLowerCase(Locale.ROOT), $p.id()) );
        end
        """);
    scene.has(7, p -> p);
    Finding finding = after(1).findings().get(0);
    assertThat(finding.diagnosis().name()).isEqualTo("big");
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void oneSymptomOrAnotherMayBeAskedFor() {
    folder.file(
        "mine.drl",
        """
        rule "a" when $p : Proc( comm == "a" ) then insertLogical( new Symptom("a", $p.id()) ); end
        rule "b" when $p : Proc( comm == "b" ) then insertLogical( new Symptom("b", $p.id()) ); end
        rule "either" when Symptom( name == "a" || name == "b", $who : subject ) then
          insertLogical( new Diagnosis("either", $who) ); end
        """);
    scene.has(7, p -> p.named("b"));
    assertThat(after(1).findings()).extracting(each -> each.diagnosis().name()).contains("either");
  }

  @Test
  void aFactMayBeCalledByItsFullName() {
    folder.file(
        "mine.drl",
        """
        rule "full" when $p : org.medicd.fact.Proc( comm == "web" ) then
          insertLogical( new Diagnosis("full", $p.id()) ); end
        """);
    scene.has(7, p -> p.named("web"));
    assertThat(after(1).findings()).extracting(each -> each.diagnosis().name()).contains("full");
  }

  @Test
  void theFieldUnitMayBeUsedLikeAnyOther() {
    folder.file(
        "mine.drl",
        """
        // unit, "unit" and $unit are left alone
        rule "r"
        when
            $p : Proc( $unit : unit, unit == "web@1.service", comm != "unit" )
            not( Proc( id != $p.id, unit == $p.unit ) )
        then
            insertLogical( new Diagnosis("in unit " + $unit + $p.unit(), $p.id()) );
        end
        """);
    scene.has(7, p -> p.unit("web@1.service")).has(8, p -> p);
    Finding finding = after(1).findings().get(0);
    assertThat(finding.diagnosis().name()).isEqualTo("in unit web@1.serviceweb@1.service");
    assertThat(finding.because()).contains("unit web@1.service == web@1.service");
  }

  @Test
  void theExampleOfTheDesignCompilesAsItStands() {
    folder
        .limits("cpu-runaway: { for: 5s, cpu-percent: 50 }, mine: { depth: 3 }")
        .file(
            "design.drl",
            """
            rule "symptom: a process burns a core"
            when
                $p : Proc( cpuAvg10 >= limits.number("cpu-runaway", "cpu-percent"), !exempt )
            then
                insertLogical( new Symptom("cpu-hot", $p.id()) );      // goes by itself when it is no longer true
            end

            rule "diagnosis: cpu runaway" @severity("warning")
                timer( expr: $for )                  // true for so long without a break
            when
                Limit( diagnosis == "cpu-runaway", name == "for", $for : millis )
                Symptom( name == "cpu-hot", $id : subject )
            then
                insertLogical( new Diagnosis("cpu-runaway", $id) );
            end

            rule "treatment: cpu runaway"
            when
                $d : Diagnosis( name == "cpu-runaway" )
            then
                medic.treat($d).capture("stacks").term("10s").kill("5s").restartUnit("60s").page();
            end

            rule "a limit of the user's own"
            when
                Proc( threads >= limits.number("mine", "depth") )
            then
            end
            """);
    scene.has(7, p -> p.cpu(60.0));
    assertThat(after(5).findings()).isEmpty();
    Finding finding = after(7).findings().get(0);
    assertThat(actions(finding)).containsExactly("capture", "term", "kill", "restart-unit", "page");
    assertThat(finding.lasted()).isEqualTo(ofSeconds(5));
  }

  @Test
  void whatCannotBeReadIsAProblem() throws IOException {
    Files.write(path.resolve("bad.drl"), new byte[] {(byte) 0xff, (byte) 0xfe, 'x'});
    assertThat(folder.problems()).singleElement().asString().contains("bad.drl");
  }
}

package org.medicd.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleWarningsTest {
  private static final String TREATED =
      """
      rule "diagnosis" when Symptom( name == "s", $who : subject )
      then insertLogical( new Diagnosis("ill", $who) ); end
      rule "treatment" when $d : Diagnosis( name == "ill" ) then medic.treat($d).page(); end
      """;

  private @TempDir Path path;

  private List<String> warnings(String rules) {
    RuleFolder folder = new RuleFolder(path).file("r.drl", rules);
    return RulePack.warnings(List.of(path)).stream()
        .map(problem -> problem.toString().replace(folder.path + "/", ""))
        .toList();
  }

  private List<String> ofSymptom(String pattern) {
    return warnings(
        "rule \"symptom\"\nwhen\n    "
            + pattern
            + "\nthen insertLogical( new Symptom(\"s\", new HostId()) ); end\n"
            + TREATED);
  }

  @Test
  void theShippedRulesHaveNone() {
    assertThat(RulePack.warnings(List.of(Path.of("rules")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not Proc( cpuAvg10 > 95 ) | 'not' is true where cpuAvg10 is unknown",
        "not Proc( io.readBytesPerSecond > 5 ) | 'not' is true where io.readBytesPerSecond is unknown",
        "Proc( cpuAvg10 * 2 > 100 ) | it reckons with cpuAvg10",
        "Proc( threads > 1, rssBytes + anonBytes > 5 ) | it reckons with rssBytes",
        "Proc( $cpu : cpuAvg10 ) Host( cpus > $cpu / 100 ) | it reckons with $cpu",
        "Proc( unit str[startsWith] \"web\" ) | str[...] fails where unit is unknown",
        "Pressure( full.avg10 > 50 ) | full may be unknown, and reaching into it fails",
      })
  void whatMayBeUnknownIsThoughtOf(String pattern, String expected) {
    assertThat(ofSymptom(pattern)).hasSize(1);
    assertThat(ofSymptom(pattern).get(0)).startsWith("r.drl:3: ").contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not Proc( cpuAvg10 != null, cpuAvg10 > 95 ) | ''",
        "Proc( cpuAvg10 != null, cpuAvg10 * 2 > 100 ) | ''",
        "Pressure( full != null, full.avg10 > 50 ) | ''",
        "not Proc( threads > 5 ) | ''",
        "Proc( threads * 2 > 5, comm == \"a-b\" ) | ''",
        "not Proc( cpuAvg10 == null ) | ''",
        "Proc( cpuAvg10 >= limits.number(\"cpu-runaway\", \"cpu-percent\") ) | ''",
      })
  void whatWasThoughtOfIsNoWarning(String pattern, String none) {
    assertThat(ofSymptom(pattern)).isEmpty();
  }

  @Test
  void aTimerDoesNotStandOnAFact() {
    assertThat(
            warnings(
                """
                rule "symptom"
                    timer( int: 10s )
                when
                    Host( zombies > 5 )
                then insertLogical( new Symptom("s", new HostId()) ); end
                """))
        .singleElement()
        .asString()
        .startsWith("r.drl:4: ")
        .contains("its timer stands on Host");
  }

  @Test
  void aDiagnosisIsTreated() {
    assertThat(
            warnings(
                """
                rule "d" when Symptom( name == "s", $who : subject )
                then insertLogical( new Diagnosis("ill", $who) ); end
                rule "t" when $d : Diagnosis( name == "il" ) then medic.treat($d).page(); end
                """))
        .containsExactly(
            "r.drl:2: rule \"d\": no rule treats 'ill': write one with medic.treat(...), and be it"
                + " only .page()",
            "r.drl:3: rule \"t\": it treats 'il', which no rule concludes, did you mean 'ill'?");
    assertThat(
            warnings(
                """
                rule "d" when Symptom( name == "s", $who : subject )
                then insertLogical( new Diagnosis("ill", $who) ); end
                rule "t" when $d : Diagnosis() then medic.treat($d).page(); end
                """))
        .isEmpty();
  }

  @Test
  void aTreatmentCanHaveItsWay() {
    String special =
        """
        rule "special" %s when $d : Diagnosis( name == "ill", $who : subject ) Proc( id == $who )
        then medic.treat($d).term("1s").page(); end
        """;
    assertThat(warnings(TREATED + special.formatted("")))
        .singleElement()
        .asString()
        .contains("\"special\": it never has its way: \"treatment\" treats the same");
    assertThat(warnings(TREATED + special.formatted("salience 10"))).isEmpty();
  }

  @Test
  void ofTwoAlikeOneIsTold() {
    assertThat(
            warnings(
                TREATED
                    + "rule \"twin\" when $d : Diagnosis( name == \"ill\" ) then"
                    + " medic.treat($d).page(); end"))
        .hasSize(1);
  }

  @Test
  void otherClassesAreOutsideOfTheVocabulary() {
    assertThat(
            warnings(
                "import java.util.List\nimport java.io.File\n"
                    + TREATED
                    + "rule \"x\" when Host() then java.nio.file.Path.of(\"x\"); end\n"))
        .hasSize(2)
        .allMatch(each -> each.contains("outside of the vocabulary") && each.contains("no sandbox"))
        .anyMatch(each -> each.contains("java.io.File"))
        .anyMatch(each -> each.contains("java.nio.file.Path"));
  }

  @Test
  void limitsAreKnownByWhoUsesThem() {
    RulePack pack = new RuleFolder(path).pack(Path.of("rules"));
    assertThat(pack.limits())
        .contains("cpu-runaway.for", "cpu-runaway.cpu-percent")
        .doesNotContain("memory-leak.window");
  }
}

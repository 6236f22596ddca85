package org.medicd.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that cannot be used: all mistakes are told at once, each on its line and in words. */
class BadRulesTest {
  private @TempDir Path path;
  private RuleFolder folder;

  @BeforeEach
  void folder() {
    folder = new RuleFolder(path);
  }

  @Test
  void whatNoSchedulerKnowsIsFoundBeforeItIsWanted() {
    folder.file(
        "a.drl",
        """
        package a;
        rule "treatment"
        when
            $d : Diagnosis( name == "d" )
        then
            medic.treat($d).renice(20, "5s").ionice("idel", "5s").sched("fifo", "5s")
                .affinity("0-", "5s").renice(5, "5 parsecs");
        end
        """);
    assertThat(folder.problems())
        .hasSize(5)
        .anySatisfy(each -> assertThat(each).contains("a.drl:6", "from -20 to 19, not 20"))
        .anySatisfy(each -> assertThat(each).contains("'idel' is no class of I/O priority"))
        .anySatisfy(each -> assertThat(each).contains("fifo needs a priority from 1 to 99"))
        .anySatisfy(each -> assertThat(each).contains("a.drl:7", "'0-' is no list of CPUs"))
        .anySatisfy(each -> assertThat(each).contains("'5 parsecs' has no known unit"));
  }

  @Test
  void whatNoSignalAndNoPoolKnowsIsFoundBeforeItIsWanted() {
    folder.file(
        "a.drl",
        """
        package a;
        rule "treatment"
        when
            $d : Diagnosis( name == "d" )
        then
            medic.treat($d).signal("HUPP", "5s").signalFamily("SIGUSR3", "5s").signal("HUP", "5s")
                .signal("SIGKILL", "5s").signalFamily("USR1", "5").termFamily("x")
                .scalePool("2", "5s").scalePool("-1", "y");
        end
        """);
    assertThat(folder.problems())
        .hasSize(7)
        .anySatisfy(each -> assertThat(each).contains("a.drl:6", "no signal is named 'HUPP'"))
        .anySatisfy(each -> assertThat(each).contains("a.drl:8", "'2' is no change of a pool"))
        .anySatisfy(each -> assertThat(each).contains("a.drl:8", "'y'"))
        .anySatisfy(each -> assertThat(each).contains("a.drl:6", "no signal is named 'SIGUSR3'"))
        .anySatisfy(each -> assertThat(each).contains("a.drl:7", "SIGKILL has a rung of its own"))
        .anySatisfy(each -> assertThat(each).contains("a.drl:7", "'5' lacks its unit"))
        .anySatisfy(each -> assertThat(each).contains("a.drl:7", "'x'"));
  }

  @Test
  void whatNoRungOfTheHostKnowsIsFoundBeforeItIsWanted() {
    folder.file(
        "a.drl",
        """
        package a;
        rule "treatment"
        when
            $d : Diagnosis( name == "d" )
        then
            medic.treat($d).remount("rx", "5s").vacuum("5").dropCaches("5s")
                .exec("../sh", "5s", "a").exec("flush", "soon", "5s").exec("flush", "5s", "soon");
        end
        """);
    assertThat(folder.problems())
        .hasSize(4)
        .anySatisfy(each -> assertThat(each).contains("a.drl:6", "ro and rw, not 'rx'"))
        .anySatisfy(each -> assertThat(each).contains("a.drl:6", "'5' lacks its unit"))
        .anySatisfy(each -> assertThat(each).contains("a.drl:7", "'../sh' is not the name of a"))
        .anySatisfy(each -> assertThat(each).contains("a.drl:7", "'soon'"));
  }

  @Test
  void aWrongFieldWithinAnAccumulateIsNamed() {
    folder.file(
        "a.drl",
        """
        package a;
        rule "sum"
        when
            accumulate( Proc( cpuAvg11 > 5, $c : cpuAvg10 ); $s : sum( $c ) )
        then
            insertLogical( new Symptom("hot", new HostId()) );
        end
        """);
    assertThat(folder.problems())
        .containsExactly(
            "a.drl:4: rule \"sum\": Proc has no field 'cpuAvg11', did you mean 'cpuAvg10'?");
  }

  @Test
  void everyMistakeOfEveryFileIsToldInOneRun() {
    folder
        .file(
            "a.drl",
            """
            package a;
            // the first file
            rule "unknown field"
            when
                $p : Proc( cpuAvg10 >= 5,
                           cpuAvg11 >= 5 )
            then
                insertLogical( new Symptom("hot", $p.id()) );
            end

            rule "unknown limit" @severity("critcal") @mode("acts")
            when
                $p : Proc( cpuAvg10 >= limits.number("cpu-runaway", "cpu-prcent") )
            then
                insertLogical( new Symptom("hotter", $p.id()) );
            end

            rule "syntax"
            when
                $p : Proc( rssBytes > 5
            then
                insertLogical( new Symptom("from a broken rule", $p.id()) );
            end
            """)
        .file(
            "b.drl",
            """
            rule "unknown fact"
            when
                $p : Prco( comm == "x" )
            then
            end

            rule "unknown symptom"
            when
                Symptom( name == "hott", $id : subject )
                Symptom( name == "from a broken rule" )
            then
                insertLogical( new Diagnosis("d", $id) );
            end

            rule "unknown limit"
            when
                $d : Diagnosis( name == "d" )
            then
                medic.treat($d).onlyWhile("ht").term("10");
            end
            """)
        .file(
            "c.drl",
            """
            rule "acts"
            when
                $p : Proc( comm == "x" )
            then
                // Files of a comment, and of "a Thread", do not count
                Runtime.getRuntime().exec("rm");
            end

            rule "unbound"
            when
                Proc( comm == "x" )
            then
                insertLogical( new Symptom("x", $p.id()) );
            end

            rule "no such rung"
            when
                $d : Diagnosis( name == "d" )
            then
                medic.treat($d)
                    .restartUnti("60s");
            end
            """);
    assertThat(folder.problems())
        .containsExactly(
            "a.drl:6: rule \"unknown field\": Proc has no field 'cpuAvg11', did you mean"
                + " 'cpuAvg10'?",
            "a.drl:11: rule \"unknown limit\": unknown @severity 'critcal': write info, warning or"
                + " critical",
            "a.drl:11: rule \"unknown limit\": unknown @mode 'acts': write shadow, observe,"
                + " approve or act",
            "a.drl:13: rule \"unknown limit\": no limit 'cpu-runaway.cpu-prcent', did you mean"
                + " 'cpu-runaway.cpu-percent'?",
            "a.drl:21: rule \"syntax\": 'then' is not expected here: look at what stands before it",
            "b.drl:3: rule \"unknown fact\": there is no fact 'Prco', did you mean 'Proc'?",
            "b.drl:9: rule \"unknown symptom\": no rule produces the symptom 'hott', did you mean"
                + " 'hot'?",
            "b.drl:15: rule \"unknown limit\": a second rule has this name: give each its own",
            "b.drl:19: rule \"unknown limit\": no rule produces the symptom 'ht', did you mean"
                + " 'hot'?",
            "b.drl:19: rule \"unknown limit\": '10' lacks its unit: known units are ms, s, m, h"
                + " and d",
            "c.drl:6: rule \"acts\": the consequence uses Runtime: a rule only proposes, write"
                + " medic.treat(...) instead",
            "c.drl:13: rule \"unbound\": '$p' is not bound: write '$p :' in a condition",
            "c.drl:21: rule \"no such rung\": no treatment knows 'restartUnti', did you mean"
                + " 'restartUnit'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Proc( comm == 5 ) | 3: rule "r": Proc's 'comm' is text: write it in quotes
          Proc( rssBytes > "5" ) | 3: rule "r": Proc's 'rssBytes' is a number: write it without quotes
          Proc( exempt == "yes" ) | 3: rule "r": Proc's 'exempt' is true or false: write it without quotes
          Proc( state == "D" ) | 3: rule "r": Proc's 'state' is one of a few: write ProcState.RUNNING
          Proc( cpuAvg10 > foo ) | 3: rule "r": cannot make sense of 'cpuAvg10 > foo'
          Proc( rssBytes > limits.number("memory-leak", "min-rss") ) | 3: rule "r": limits.number does not fit the limit 'memory-leak.min-rss', did you mean 'limits.bytes'?
          Proc( rssBytes > limits.byte("memory-leak", "min-rss") ) | 3: rule "r": limits has no 'byte', did you mean 'bytes'?
          Proc( comm.foo() ) | 3: rule "r": String has no method 'foo'
          """)
  void conditions(String condition, String problem) {
    folder.file("x.drl", "rule \"r\"\nwhen\n  " + condition + "\nthen\nend\n");
    assertThat(folder.problems()).containsExactly("x.drl:" + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          foo(); | 5: rule "r": there is no function 'foo'
          medic.treat($d).term(5); | 5: rule "r": 'term(String)' cannot take (int)
          medic.treat($d).kill("soon"); | 5: rule "r": 'soon' is not a duration, as 10s or 1h30m: known units are ms, s, m, h and d
          new Symptom("x"); | 5: rule "r": 'new Symptom' does not take (String)
          medic.teat($d); | 5: rule "r": no treatment knows 'teat', did you mean 'treat'?
          System.exit(1); | 5: rule "r": the consequence uses System: a rule only proposes, write medic.treat(...) instead
          java.nio.file.Files.delete(null); | 5: rule "r": the consequence uses Files: a rule only proposes, write medic.treat(...) instead
          medic.treat($d).page() | 4: rule "r": what follows 'then' is no Java before '}': is a ; or a parenthesis missing?
          """)
  void consequences(String consequence, String problem) {
    folder.file(
        "x.drl",
        "rule \"r\"\nwhen\n  $d : Diagnosis( name == \"x\" )\nthen\n  " + consequence + "\nend\n");
    assertThat(folder.problems()).containsExactly("x.drl:" + problem);
  }

  @Test
  void aMissingEndIsNamed() {
    folder.file(
        "x.drl",
        """
        rule "one"
        when
            Proc( comm == "x" )
        then

        rule "two"
        when
            Proc( comm == "y" )
        then
        end
        """);
    assertThat(folder.problems()).containsExactly("x.drl:1: rule \"one\": its 'end' is missing");
  }

  @Test
  void aMistypedWordOfTheLanguageIsNamed() {
    folder.file("x.drl", "rule \"r\"\nwhne\n  Proc( )\nthen\nend\n");
    assertThat(folder.problems())
        .containsExactly(
            "x.drl:2: rule \"r\": 'whne' is not expected here: look at what stands before it, did"
                + " you mean 'when'?");
  }

  @Test
  void aMistakeOutsideOfRulesIsOnItsLine() {
    folder.file("x.drl", "package x;\nimport java.util.Lsit;\nrule \"r\" when Proc( ) then end\n");
    assertThat(folder.problems())
        .containsExactly(
            "x.drl:2: Only a type can be imported. java.util.Lsit resolves to a package");
  }
}

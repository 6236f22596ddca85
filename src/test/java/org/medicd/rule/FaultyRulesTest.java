package org.medicd.rule;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.fact.Scene;
import org.medicd.plan.Assessment;
import org.medicd.plan.Assessments;

/** Rules that compile and misbehave: they are set aside, the others go on. */
@SuppressWarnings("NullAway.Init") // run() is the first line of each test
class FaultyRulesTest {
  private static final String GOOD =
      """
      rule "symptom: hot"
      when
          $p : Proc( cpuAvg10 >= 90 )
      then
          insertLogical( new Symptom("hot", $p.id()) );
      end

      rule "diagnosis: hot" timer( int: 3s )
      when
          Symptom( name == "hot", $id : subject )
      then
          insertLogical( new Diagnosis("hot", $id) );
      end
      """;

  private final Scene scene = new Scene().has(7, p -> p.cpu(95.0)).has(8, p -> p.cpu(null));
  private @TempDir Path folder;
  private RuleEngine engine;
  private Assessment now = Assessments.nothing();

  @BeforeEach
  void good() {
    new RuleFolder(folder).file("good.drl", GOOD);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private void run(String faulty, int seconds) {
    engine = new RuleFolder(folder).file("faulty.drl", faulty).engine();
    for (int i = 0; i < seconds; i++) {
      now = engine.consider(scene.after(ofSeconds(1)));
    }
  }

  private void othersGoOn(String... faulty) {
    assertThat(engine.setAside()).containsExactlyInAnyOrder(faulty);
    assertThat(engine.rules()).isEqualTo(2);
    assertThat(now.findings()).hasSize(1);
    assertThat(now.findings().get(0).because())
        .containsExactly("hot (pid 7) for 3s: cpuAvg10 95 >= 90");
  }

  @Test
  void aConsequenceThatThrows() {
    run(
        """
        rule "throws"
        when
            $p : Proc( unit == null )
        then
            throw new IllegalStateException("oops");
        end
        """,
        10);
    othersGoOn("throws");
  }

  @Test
  void aConditionThatThrows() {
    run(
        """
        rule "arithmetic on null"
        when
            $p : Proc( cpuAvg10 + 1 > 5 )
        then
        end
        """,
        10);
    othersGoOn("arithmetic on null");
  }

  @Test
  void aTimedRuleThatThrows() {
    run(
        """
        rule "late" timer( int: 2s )
        when
            Symptom( name == "hot" )
        then
            throw new IllegalStateException("oops");
        end
        """,
        20);
    othersGoOn("late");
  }

  @Test
  void aConsequenceThatNeedsTooMuchStack() {
    run(
        """
        rule "deep"
        when
            $p : Proc( unit == null )
        then
            throw new StackOverflowError();
        end
        """,
        10);
    othersGoOn("deep");
  }

  @Test
  void aConditionThatThrowsAfterSomeTime() {
    run(
        """
        rule "divides"
        when
            $h : Host( 100 / zombies > 5 )
        then
        end
        """,
        1);
    scene.zombies(0);
    for (int i = 0; i < 10; i++) {
      now = engine.consider(scene.after(ofSeconds(1)));
    }
    othersGoOn("divides");
  }

  @Test
  void twoConditionsThatThrow() {
    run(
        """
        rule "arithmetic on null"
        when
            $p : Proc( cpuAvg10 + 1 > 5 )
        then
        end
        rule "arithmetic too"
        when
            $p : Proc( anonBytes * 2 > 5 )
        then
        end
        """,
        16);
    othersGoOn("arithmetic on null", "arithmetic too");
  }

  @Test
  void anAccumulateThatThrows() {
    run(
        """
        rule "sum"
        when
            accumulate( Proc( $c : cpuAvg10 ); $s : sum( $c / 0 ); $s > 5 )
        then
        end
        rule "sum of ints"
        when
            accumulate( Proc( $t : threads ); $s : sum( 1 / ($t - 1) ); $s > 5 )
        then
        end
        """,
        16);
    othersGoOn("sum", "sum of ints");
  }

  @Test
  @Timeout(20)
  void aRuleThatModifiesWhatItMatches() {
    run(
        """
        rule "loops"
        when
            $p : Proc( threads >= 0 )
        then
            update( $p );
        end
        """,
        10);
    othersGoOn("loops");
  }

  @Test
  @Timeout(20)
  void aRuleThatInsertsWithoutEnd() {
    run(
        """
        rule "grows"
        when
            Diagnosis( $n : name, $s : subject )
        then
            insert( new Diagnosis($n + "x", $s) );
        end
        """,
        10);
    othersGoOn("grows");
  }

  @Test
  void theTickOfALoopIsBounded() {
    for (int pid = 100; pid < 1_100; pid++) {
      scene.has(pid, p -> p);
    }
    engine =
        new RuleFolder(folder)
            .file(
                "faulty.drl",
                "rule \"loops\" when $p : Proc( threads >= 0 ) then update( $p ); end")
            .engine();
    long began = System.nanoTime();
    now = engine.consider(scene.after(ofSeconds(1)));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(ofSeconds(5));
    assertThat(engine.setAside()).containsExactly("loops");
  }

  @Test
  void theTickOfAFaultStillSaysWhatHolds() {
    run(
        """
        rule "throws"
        when
            $p : Proc( unit == null )
        then
            throw new IllegalStateException("oops");
        end
        """,
        1);
    assertThat(now.holds("hot")).isTrue();
  }

  @Test
  void afterAFaultItIsSaidThatWhatLastsMustLastAgain() {
    run(
        """
        rule "divides"
        when
            Host( 100 / zombies > 5 )
        then
        end
        """,
        1);
    assertThat(now.anew()).isTrue();
    for (int i = 0; i < 5; i++) {
      now = engine.consider(scene.after(ofSeconds(1)));
      assertThat(now.anew()).isFalse();
    }
    assertThat(now.findings()).hasSize(1);
    assertThat(engine.setAside()).containsExactly("divides");
  }
}

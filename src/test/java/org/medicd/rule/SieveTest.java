package org.medicd.rule;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcState;
import org.medicd.fact.ProcessMaker;
import org.medicd.fact.Scene;
import org.medicd.plan.Assessment;

/** What the sieve keeps back must be what no rule would have seen. */
class SieveTest {
  private static final String THEN = " then insertLogical(new Symptom(\"s\", $p.id())); end\n";

  private @TempDir Path path;
  private @TempDir Path openPath;

  private Sieve sieve(String pattern) {
    RulePack pack = new RuleFolder(path).file("r.drl", rule(pattern)).pack();
    return new Sieve(pack, org.medicd.config.Limits.defaults());
  }

  private static String rule(String pattern) {
    return "rule \"r\" when $p : " + pattern + THEN;
  }

  private static Proc cpu(double percent) {
    return new ProcessMaker(5).cpu(percent).make();
  }

  @Test
  void keepsBackWhatIsBelowEveryFloor() {
    Sieve sieve = sieve("Proc( cpuAvg10 >= 90, !exempt )");
    assertThat(sieve.letsThrough(cpu(89.9))).isFalse();
    assertThat(sieve.letsThrough(cpu(90))).isTrue();
    assertThat(sieve.letsThrough(new ProcessMaker(5).cpu(99.0).exempt().make())).isFalse();
    assertThat(sieve.letsThrough(new ProcessMaker(5).cpu(null).make())).isFalse();
  }

  @Test
  void keepsBackAChangeBetweenTwoLevels() {
    Sieve sieve = sieve("Proc( cpuAvg10 >= 50, cpuAvg10 < 90 )");
    assertThat(sieve.differ(cpu(60), cpu(89))).isFalse();
    assertThat(sieve.differ(cpu(60), cpu(90))).isTrue();
    assertThat(sieve.differ(cpu(50), cpu(51))).isTrue();
    assertThat(sieve.differ(cpu(60), new ProcessMaker(5).cpu(null).make())).isTrue();
  }

  @Test
  void wordsInQuotesHideNothingThatFollows() {
    Sieve sieve = sieve("Proc( comm == '//', cpuAvg10 >= 50, $c : cpuAvg10 )");
    assertThat(sieve.differ(cpu(60), cpu(61))).isTrue();
  }

  @Test
  void aFieldThatIsUsedOtherwiseCountsWithEveryChange() {
    Sieve sieve = sieve("Proc( cpuAvg10 >= 50, $c : cpuAvg10 )");
    assertThat(sieve.differ(cpu(60), cpu(61))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Proc()",
        "Proc( cpuAvg10 > 90 || comm == \"a\" )",
        "Proc( !(cpuAvg10 > 90 && exempt && kernelThread) )",
        "Proc( comm != \"a && exempt && b\" )",
        "Proc( cpuAvg10 > -1 && < 90 )",
        "Proc( cpuAvg10 in (1, 2, 3) )",
        "Proc( cpuAvg10 == rssBytes || threads > 0 )",
        "Proc( eval(true) )",
        "Fact()"
      })
  void letsEverythingThroughWhereItDoesNotUnderstand(String pattern) {
    if (pattern.equals("Fact()")) {
      RulePack pack =
          new RuleFolder(path)
              .file("r.drl", "rule \"r\" when $p : Fact() $q : Proc( cpuAvg10 > 90 ) then end")
              .pack();
      assertThat(new Sieve(pack, org.medicd.config.Limits.defaults()).letsThrough(cpu(5))).isTrue();
    } else {
      assertThat(sieve(pattern).letsThrough(cpu(5))).isTrue();
    }
  }

  @Test
  void theShippedRulesAskForLittle() {
    RulePack pack = new RuleFolder(path).pack(Path.of("rules"));
    Sieve sieve = new Sieve(pack, org.medicd.config.Limits.defaults());
    assertThat(sieve.asked().about(Proc.class, "demandAvg10")).isTrue();
    assertThat(sieve.asked().about(Proc.class, "io.readBytesPerSecond")).isFalse();
    assertThat(sieve.letsThrough(cpu(50))).isFalse();
    assertThat(sieve.letsThrough(cpu(0))).isFalse();
  }

  @Test
  void knowsWhatIsAskedFor() {
    Sieve sieve = sieve("Proc( io.readBytesPerSecond > 5, threads > 1 )");
    assertThat(sieve.asked().fields()).containsOnlyKeys("Proc");
    assertThat(sieve.asked().about(Proc.class, "io.readBytesPerSecond")).isTrue();
    assertThat(sieve.asked().about(Proc.class, "threads")).isTrue();
    assertThat(sieve.asked().about(Proc.class, "io.writeBytesPerSecond")).isFalse();
    assertThat(sieve.asked().about(Proc.class, "cpuAvg10")).isFalse();
  }

  @Test
  void whatIsCollectedIsLetThrough() {
    String rules =
        """
        rule "a" when $all : java.util.List( size > 2 ) from collect( Proc( zombieChildren > 2 ) )
        then insertLogical(new Symptom("a", new HostId())); end
        """;
    RulePack pack = new RuleFolder(path).file("r.drl", rules).pack();
    Sieve sieve = new Sieve(pack, org.medicd.config.Limits.defaults());
    assertThat(sieve.letsThrough(new ProcessMaker(5).zombies(3).make())).isTrue();
    assertThat(sieve.letsThrough(new ProcessMaker(5).zombies(2).make())).isFalse();
  }

  @Test
  void whatAnAccumulateSumsIsLetThrough() {
    String rules =
        """
        rule "a" when accumulate( Proc( zombieChildren > 2, $z : zombieChildren ); $s : sum($z); $s > 9 )
        then insertLogical(new Symptom("a", new HostId())); end
        """;
    RulePack pack = new RuleFolder(path).file("r.drl", rules).pack();
    Sieve sieve = new Sieve(pack, org.medicd.config.Limits.defaults());
    assertThat(sieve.asked().about(Proc.class, "zombieChildren")).isTrue();
    assertThat(sieve.letsThrough(new ProcessMaker(5).zombies(3).make())).isTrue();
    assertThat(sieve.letsThrough(new ProcessMaker(5).zombies(2).make())).isFalse();
  }

  /** The same rules twice, once with the sieve wide open: they must hold the same to be true. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void rulesHoldTheSameWithAndWithoutIt(long seed) {
    String rules =
        """
        rule "a" when $p : Proc( cpuAvg10 >= 50, cpuAvg10 < 80, !exempt )
        then insertLogical(new Symptom("a", $p.id())); end
        rule "b" when $p : Proc( comm == "x", state != ProcState.ZOMBIE ) not Proc( cpuAvg10 > 95 )
        then insertLogical(new Symptom("b", $p.id())); end
        rule "c" when accumulate( Proc( zombieChildren > 2, $z : zombieChildren ); $s : sum($z); $s > 9 )
        then insertLogical(new Symptom("c", new HostId())); end
        rule "d" when $p : Proc( unit != null, unit != "a.service" ) $q : Proc( parent == $p.id.pid )
        then insertLogical(new Symptom("d", $q.id())); end
        """;
    String opening = "function int opening(Object o) { return 0; }\n";
    try (RuleEngine sieved = new RuleFolder(path).file("r.drl", rules).engine();
        RuleEngine open = new RuleFolder(openPath).file("r.drl", opening + rules).engine()) {
      Random random = new Random(seed);
      Scene scene = new Scene();
      for (int tick = 0; tick < 150; tick++) {
        for (int change = random.nextInt(12); change > 0; change--) {
          stir(scene, random);
        }
        var seen = scene.after(ofSeconds(1));
        Assessment expected = open.consider(seen);
        assertThat(sieved.consider(seen).symptoms())
            .as("tick %d", tick)
            .containsExactlyInAnyOrderElementsOf(expected.symptoms());
      }
      assertThat(sieved.facts()).isLessThanOrEqualTo(open.facts());
    }
  }

  static void stir(Scene scene, Random random) {
    int pid = 10 + random.nextInt(20);
    if (random.nextInt(8) == 0) {
      scene.gone(pid);
      return;
    }
    long started = random.nextInt(10) == 0 ? 2_000 : 1_000;
    ProcState state = random.nextInt(4) == 0 ? ProcState.ZOMBIE : ProcState.SLEEPING;
    Double cpu = random.nextInt(6) == 0 ? null : (Double) (double) random.nextInt(100);
    String comm = random.nextBoolean() ? "x" : "y";
    String unit = random.nextBoolean() ? "a.service" : "b.service";
    int parent = 10 + random.nextInt(20);
    int zombies = random.nextInt(6);
    scene.has(
        pid,
        p ->
            p.startTicks(started)
                .state(state)
                .cpu(cpu)
                .named(comm)
                .unit(unit)
                .parent(parent)
                .zombies(zombies));
  }
}

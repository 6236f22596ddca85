package org.medicd.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.fact.ProcessMaker;
import org.medicd.fact.Scene;

class NearMissesTest {
  private @TempDir Path path;

  private List<String> misses(String conditions, UnaryOperator<ProcessMaker> how) {
    String rule = "rule \"r\" when $p : Proc( " + conditions + " ) then end\n";
    try (RuleEngine engine = new RuleFolder(path).file("r.drl", rule).engine()) {
      Object proc = Objects.requireNonNull(new Scene().has(7, how).process(7));
      return engine.explainer().nearMisses(proc).values().stream()
          .flatMap(List::stream)
          .map(miss -> miss.rule() + ": " + miss.field() + " " + miss.value() + " " + miss.needs())
          .toList();
    }
  }

  @Test
  void tellTheValueAndTheLimit() {
    assertThat(
            misses(
                "cpuAvg10 >= limits.number(\"cpu-runaway\", \"cpu-percent\")", p -> p.cpu(42.25)))
        .containsExactly("r: cpuAvg10 42.3 >= 90 (limit cpu-runaway.cpu-percent)");
  }

  @Test
  void leaveOutWhatHolds() {
    assertThat(misses("cpuAvg10 >= 90, threads >= 1", p -> p.cpu(95.0))).isEmpty();
    assertThat(misses("cpuAvg10 >= 90, threads > 1", p -> p.cpu(95.0)))
        .containsExactly("r: threads 1 > 1");
  }

  @Test
  void sayUnknownWhereAValueIsNotKnown() {
    assertThat(misses("cpuAvg10 >= 90 && rssBytes > 5", p -> p.cpu(null)))
        .containsExactly("r: cpuAvg10 unknown >= 90");
  }

  @Test
  void knowFlags() {
    assertThat(misses("!exempt, leadsSession", p -> p.exempt()))
        .containsExactly("r: exempt true false", "r: leadsSession false true");
  }

  @Test
  void knowNullAndText() {
    assertThat(misses("waitsOn != null, comm == \"x\"", p -> p.named("y")))
        .containsExactly("r: waitsOn unknown != null", "r: comm y == x");
  }

  @Test
  void leaveOutWhatIsNotUnderstood() {
    assertThat(misses("comm matches \"x.*\", cpuAvg10 >= 50 || threads > 9", p -> p.cpu(1.0)))
        .isEmpty();
  }
}

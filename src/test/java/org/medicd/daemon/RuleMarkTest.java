package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleMarkTest {
  @TempDir Path runtime;

  private void dieIn(String rule) throws IOException {
    RuleMark.in(runtime).accept(rule);
  }

  private RuleMark begin() throws IOException {
    return RuleMark.in(runtime);
  }

  @Test
  void aRuleInWhichItDiedTwiceIsLeftOut() throws IOException {
    assertThat(begin().deadly()).isEmpty();
    dieIn("diagnosis: größer");
    assertThat(begin().deadly()).isEmpty();
    dieIn("diagnosis: größer");
    assertThat(begin().deadly()).contains("diagnosis: größer");
    assertThat(begin().deadly()).as("for good").contains("diagnosis: größer");
  }

  @Test
  void anotherRuleIsCountedAnew() throws IOException {
    dieIn("a");
    dieIn("b");
    dieIn("a");
    assertThat(begin().deadly()).isEmpty();
  }

  @Test
  void whoHasEndedIsNotCounted() throws IOException {
    for (int i = 0; i < 5; i++) {
      RuleMark mark = begin();
      mark.accept("a");
      mark.accept("");
    }
    assertThat(begin().deadly()).isEmpty();
  }

  @Test
  void aMendedRuleGetsAnotherChance() throws IOException {
    dieIn("a");
    dieIn("a");
    begin().forget();
    assertThat(begin().deadly()).isEmpty();
    dieIn("a");
    assertThat(begin().deadly()).isEmpty();
  }

  @Test
  void aLongNameIsKnownByItsBeginning() throws IOException {
    String name = "é".repeat(1_000);
    dieIn(name);
    dieIn(name);
    assertThat(RuleMark.isNamed(name, begin().deadly().orElseThrow())).isTrue();
    assertThat(RuleMark.isNamed("e" + name, begin().deadly().orElseThrow())).isFalse();
  }

  @Test
  void aFolderThatTakesNoFileHoldsNothingUp() throws IOException {
    Files.createDirectory(runtime.resolve("rule"));
    dieIn("a");
    dieIn("a");
    assertThat(begin().deadly()).isEmpty();
  }

  @Test
  void theFileIsThereInFullBeforeItIsNeeded() throws IOException {
    begin();
    assertThat(runtime.resolve("rule")).hasSize(1_004);
  }

  @Test
  void whatIsInTheWayOfTheFileIsNoName() throws IOException {
    Files.write(runtime.resolve("rule"), new byte[] {(byte) 0xff, (byte) 0xff, 1, 2, 3});
    assertThat(begin().deadly()).isEmpty();
  }
}

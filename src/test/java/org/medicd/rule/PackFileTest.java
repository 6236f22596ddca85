package org.medicd.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.config.Limits;
import org.medicd.config.Problem;

class PackFileTest {
  private static final Limits LIMITS = Limits.defaults();

  @TempDir Path folder;

  private byte[] shipped() throws Exception {
    Path file = folder.resolve("pack");
    RulePack.compileTo(file, List.of(Path.of("rules")), LIMITS);
    return Files.readAllBytes(file);
  }

  @Test
  void bringsTheRulesOverAsTheyWere() throws Exception {
    PackFile read = PackFile.parse(shipped());
    RulePack here =
        Objects.requireNonNull(RulePack.compile(List.of(Path.of("rules")), LIMITS).pack());
    assertThat(read.problems()).isEmpty();
    RulePack loaded = RulePack.load(Objects.requireNonNull(read.compiled()));
    assertThat(loaded.rules()).isEqualTo(here.rules());
    assertThat(read.key()).isEqualTo(PackKey.of(List.of(Path.of("rules")), LIMITS));
  }

  @Test
  void bringsTheProblemsOverAsTheyWere() throws Exception {
    Files.writeString(folder.resolve("r.drl"), "rule \"r\" when Proc( cpu > 5 ) then end");
    Path file = folder.resolve("pack");
    RulePack.compileTo(file, List.of(folder), LIMITS);
    PackFile read = PackFile.parse(Files.readAllBytes(file));
    List<Problem> here = RulePack.compile(List.of(folder), LIMITS).problems();
    assertThat(read.compiled()).isNull();
    assertThat(read.problems()).isNotEmpty().isEqualTo(here);
  }

  @Test
  void whatIsDamagedIsRefused() throws Exception {
    byte[] whole = new PackFile("key", null, List.of(new Problem("f", 1, "m", null))).toBytes();
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      byte[] damaged =
          java.util.Arrays.copyOf(whole, random.nextBoolean() ? whole.length : random.nextInt(80));
      if (damaged.length > 0) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      }
      assertThatThrownBy(() -> PackFile.parse(damaged)).isInstanceOf(UnfitPackException.class);
    }
  }
}

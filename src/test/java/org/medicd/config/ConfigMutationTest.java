package org.medicd.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigMutationTest {
  private static final int ROUNDS = 1_500;
  private static final List<String> PIECES =
      List.of(
          "\n",
          "\t",
          ": ",
          "- ",
          "[",
          "]",
          "{",
          "}",
          "\"",
          "'",
          "#",
          "&a ",
          "*a",
          "!!str ",
          "? ",
          "| ",
          "> ",
          "<<: ",
          "---\n",
          "...",
          "%",
          "-1",
          "1e999",
          "99999999999999999999",
          "~",
          "null",
          "\u0000",
          "\u2028",
          "\uD800",
          "\uFEFF",
          "0x10",
          "10s",
          "/",
          "é",
          "🙂",
          "\\");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void neverThrowsWhateverIsInTheFile(long seed) throws IOException {
    String example =
        Files.readString(Path.of("examples/medicd.yaml")).replaceAll("(?m)^#(?=\\S|  +)", "");
    Random random = new Random(seed);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String text = example;
      for (int change = random.nextInt(4); change >= 0; change--) {
        text = mutated(text, random);
      }
      Parsed parsed = ConfigReader.parse("f", text);
      refused += parsed.isGood() ? 0 : 1;
      assertThat(parsed.settings().tick()).isPositive();
      assertThat(parsed.settings().rules().limits().all()).hasSizeGreaterThanOrEqualTo(25);
      assertThat(parsed.problems())
          .allSatisfy(
              problem -> assertThat(problem.toString()).doesNotContainPattern("\\p{Cntrl}"));
    }
    assertThat(refused).isBetween(ROUNDS / 10, ROUNDS);
  }

  private static String mutated(String text, Random random) {
    int from = random.nextInt(text.length());
    int to = Math.min(text.length(), from + random.nextInt(12));
    String piece = PIECES.get(random.nextInt(PIECES.size()));
    return switch (random.nextInt(5)) {
      case 0 -> text.substring(0, from) + text.substring(to);
      case 1 -> text.substring(0, from) + piece + text.substring(from);
      case 2 -> text.substring(0, from) + piece + text.substring(to);
      case 3 -> text.substring(0, to) + text.substring(from);
      default -> text.substring(0, from) + (char) random.nextInt(0x300) + text.substring(to);
    };
  }
}

package org.medicd.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.config.Limit;
import org.medicd.config.Limits;

class PackKeyTest {
  private static final Limits LIMITS = Limits.defaults();

  @TempDir Path parent;
  private Path one;

  @BeforeEach
  void write() throws IOException {
    one = folder("one", "a.drl", "rule \"a\" when then end");
  }

  private Path folder(String name, String file, String text) throws IOException {
    Path folder = Files.createDirectories(parent.resolve(name));
    Files.writeString(folder.resolve(file), text);
    return folder;
  }

  private static String key(Limits limits, Path... folders) throws IOException {
    return PackKey.of(List.of(folders), limits);
  }

  private static Limits with(Limit limit) {
    return LIMITS.with(List.of(limit));
  }

  @Test
  void doesNotDependOnWhereTheFilesLie() throws IOException {
    Path copy = folder("two", "a.drl", "rule \"a\" when then end");
    assertThat(key(LIMITS, copy)).isEqualTo(key(LIMITS, one));
  }

  @Test
  void dependsOnNamesAndTexts() throws IOException {
    assertThat(key(LIMITS, folder("two", "b.drl", "rule \"a\" when then end")))
        .isNotEqualTo(key(LIMITS, one));
    assertThat(key(LIMITS, folder("three", "a.drl", "rule \"b\" when then end")))
        .isNotEqualTo(key(LIMITS, one));
  }

  @Test
  void dependsOnWhichLimitsThereAreAndNotOnTheirValues() throws IOException {
    Limits tuned = with(new Limit("cpu-runaway", "for", null, null, 1L, null));
    assertThat(key(tuned, one)).isEqualTo(key(LIMITS, one));
    Limits more = with(new Limit("cpu-runaway", "mine", null, null, 1L, null));
    assertThat(key(more, one)).isNotEqualTo(key(LIMITS, one));
    Limits otherKind = with(new Limit("cpu-runaway", "for", 1.0, null, null, null));
    assertThat(key(otherKind, one)).isNotEqualTo(key(LIMITS, one));
  }
}

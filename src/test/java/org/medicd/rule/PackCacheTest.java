package org.medicd.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackCacheTest {
  private static final CompiledRules RULES =
      new CompiledRules(Map.of("a.B", new byte[] {1, 2}), List.of("a.B"), List.of());

  @TempDir Path parent;
  private Path folder;
  private PackCache cache;

  @BeforeEach
  void begin() {
    folder = parent.resolve("cache");
    cache = new PackCache(folder);
  }

  private Path keep(String key) throws Exception {
    Path draft = cache.draft(key);
    Files.write(draft, new PackFile(key, RULES, List.of()).toBytes());
    cache.keep(key, draft);
    return folder.resolve(key + ".rules");
  }

  @Test
  void givesBackWhatWasKept() throws Exception {
    assertThat(cache.find("k")).isNull();
    keep("k");
    CompiledRules found = Objects.requireNonNull(cache.find("k"));
    assertThat(found.models()).containsExactly("a.B");
    assertThat(found.classes().get("a.B")).containsExactly(1, 2);
  }

  @Test
  void aDamagedFileIsNotUsed() throws Exception {
    Files.writeString(keep("k"), "rubbish");
    assertThat(cache.find("k")).isNull();
  }

  @Test
  void aFileUnderAnotherNameIsNotUsed() throws Exception {
    Files.move(keep("k"), folder.resolve("other.rules"));
    assertThat(cache.find("other")).isNull();
  }

  @Test
  void aFileThatOthersMayWriteIsNotUsed() throws Exception {
    Path file = keep("k");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(cache.find("k")).isNull();
  }

  @Test
  void aFolderThatOthersMayWriteIsNotUsed() throws Exception {
    keep("k");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(cache.find("k")).isNull();
  }

  @Test
  void onlyTheLatestAreKept() throws Exception {
    for (int i = 0; i < 8; i++) {
      Files.setLastModifiedTime(keep("k" + i), FileTime.fromMillis(1_000_000L * i));
    }
    keep("last");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("k5.rules", "k6.rules", "k7.rules", "last.rules");
    }
  }

  @Test
  void nothingIsDraftedWhereOthersMayWrite() throws Exception {
    cache.draft("k");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> cache.draft("k"))
        .isInstanceOf(UnfitPackException.class)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void aDraftThatWasAbandonedGoesInTheEnd() throws Exception {
    keep("k");
    Path abandoned = Files.writeString(folder.resolve("j.7.draft"), "half");
    Path underWay = Files.writeString(folder.resolve("i.8.draft"), "half");
    Files.setLastModifiedTime(abandoned, FileTime.fromMillis(1_000_000));
    keep("l");
    assertThat(abandoned).doesNotExist();
    assertThat(underWay).exists();
  }
}

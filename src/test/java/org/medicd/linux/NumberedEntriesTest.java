package org.medicd.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumberedEntriesTest {
  @TempDir Path folder;

  private static List<Integer> list(NumberedEntries entries) throws LinuxException {
    entries.list();
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < entries.count(); i++) {
      all.add(entries.get(i));
    }
    return all;
  }

  @Test
  void areOnlyNumbersAndInOrder() throws Exception {
    for (String name : new String[] {"30", "4", "x7", "7x", "0", "4194304", "1234567890", "-3"}) {
      Files.createDirectory(folder.resolve(name));
    }
    try (NumberedEntries entries = NumberedEntries.open(folder.toString())) {
      assertThat(list(entries)).containsExactly(4, 30, 4_194_304);
      Files.delete(folder.resolve("30"));
      assertThat(list(entries)).containsExactly(4, 4_194_304);
    }
  }

  @Test
  void mayBeMoreThanOneReadHolds() throws Exception {
    for (int i = 1; i <= 3_000; i++) {
      Files.createFile(folder.resolve(Integer.toString(i)));
    }
    try (NumberedEntries entries = NumberedEntries.open(folder.toString())) {
      assertThat(list(entries)).hasSize(3_000).isSorted();
    }
  }

  @Test
  void ofProcAreThePidsOfNow() throws Exception {
    try (NumberedEntries entries = NumberedEntries.open("/proc")) {
      assertThat(list(entries)).contains((int) ProcessHandle.current().pid());
    }
  }

  @Test
  void ofNoFolderAreAnError() {
    assertThatThrownBy(() -> NumberedEntries.open(folder.resolve("none").toString()))
        .isInstanceOf(LinuxException.class);
  }
}

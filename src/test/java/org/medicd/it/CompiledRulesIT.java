package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged daemon loads rules that another JVM compiled, and that once only. */
class CompiledRulesIT {
  @TempDir Path folder;

  private List<Path> cached() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("state/cache"))) {
      return files.toList();
    }
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  @Test
  void theSecondStartCompilesNothing() throws Exception {
    RunningDaemon.start(folder, "mode: observe\n").close();
    Path kept = cached().get(0);
    var made = Files.getLastModifiedTime(kept);
    try (RunningDaemon daemon = RunningDaemon.start(folder, "mode: observe\n")) {
      assertThat(cached()).containsExactly(kept);
      assertThat(Files.getLastModifiedTime(kept)).isEqualTo(made);
      assertThat(daemon.incidents()).isEmpty();
    }
    assertThat(log()).doesNotContain("compiled in the daemon itself");
  }

  @Test
  void whatIsDamagedIsMadeAnew() throws Exception {
    RunningDaemon.start(folder, "mode: observe\n").close();
    Path kept = cached().get(0);
    long size = Files.size(kept);
    Files.writeString(kept, "rubbish");
    RunningDaemon.start(folder, "mode: observe\n").close();
    assertThat(log()).contains("is not used, the rules are compiled anew: its checksum is wrong");
    assertThat(Files.size(kept)).isEqualTo(size);
  }

  private int medic(String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(RunningDaemon.tree().resolve("bin/medic").toString());
    command.addAll(List.of(words));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start()
        .waitFor();
  }

  private void copyTheShippedRules() throws IOException {
    Path rules = Files.createDirectory(folder.resolve("rules"));
    try (Stream<Path> files = Files.list(RunningDaemon.tree().resolve("rules"))) {
      for (Path each : files.toList()) {
        Files.copy(each, rules.resolve(each.getFileName().toString()));
      }
    }
  }

  @Test
  void aFolderThatIsNamedFromHereIsCompiledBesideToo() throws Exception {
    copyTheShippedRules();
    assertThat(medic("compile", "--rules", "rules", "--cache", "state/cache")).isZero();
    assertThat(cached()).singleElement().asString().endsWith(".rules");
    assertThat(log()).isEqualTo("compiled\n");
  }

  @Test
  void aCacheThatCannotBeFilledIsNoSuccess() throws Exception {
    assertThat(medic("compile", "--cache", "/proc/nothing")).isEqualTo(1);
    assertThat(log()).contains("/proc/nothing").doesNotContain("compiled\n");
  }
}

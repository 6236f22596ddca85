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

  private List<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.list(RunningDaemon.tree().resolve("lib"))) {
      return files.filter(file -> file.toString().endsWith(".rules")).toList();
    }
  }

  /** Rules that nobody has compiled yet. */
  private String ownRules() throws IOException {
    Path own = Files.createDirectories(folder.resolve("own"));
    Files.writeString(own.resolve("own.drl"), "rule \"own\" when Host( cpus > 1 ) then end\n");
    return "mode: observe\nrules: [%s]\n".formatted(own);
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  @Test
  void theShippedRulesComeCompiledWhateverTheirLimits() throws Exception {
    assertThat(shipped()).hasSize(1);
    String yaml = "mode: observe\nlimits: { cpu-runaway: { cpu-percent: 70 } }\n";
    RunningDaemon.start(folder, yaml).close();
    assertThat(folder.resolve("state/cache")).doesNotExist();
    assertThat(log()).doesNotContain("compiled in the daemon itself");
  }

  @Test
  void theSecondStartCompilesNothing() throws Exception {
    RunningDaemon.start(folder, ownRules()).close();
    Path kept = cached().get(0);
    var made = Files.getLastModifiedTime(kept);
    try (RunningDaemon daemon = RunningDaemon.start(folder, ownRules())) {
      assertThat(cached()).containsExactly(kept);
      assertThat(Files.getLastModifiedTime(kept)).isEqualTo(made);
      assertThat(daemon.incidents()).isEmpty();
    }
    assertThat(log()).doesNotContain("compiled in the daemon itself");
  }

  @Test
  void whatIsDamagedIsMadeAnew() throws Exception {
    RunningDaemon.start(folder, ownRules()).close();
    Path kept = cached().get(0);
    long size = Files.size(kept);
    Files.writeString(kept, "rubbish");
    RunningDaemon.start(folder, ownRules()).close();
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

  @Test
  void aFolderThatIsNamedFromHereIsCompiledBesideToo() throws Exception {
    ownRules();
    assertThat(medic("compile", "--rules", "own", "--cache", "state/cache")).isZero();
    assertThat(cached()).singleElement().asString().endsWith(".rules");
    assertThat(log()).isEqualTo("compiled\n");
  }

  @Test
  void aCacheThatCannotBeFilledIsNoSuccess() throws Exception {
    ownRules();
    assertThat(medic("compile", "--rules", "own", "--cache", "/proc/nothing")).isEqualTo(1);
    assertThat(log()).contains("/proc/nothing").doesNotContain("compiled\n");
  }
}

package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.lab.NeedsRoot;
import org.medicd.lab.Program;
import org.medicd.lab.SystemdLab;

/**
 * A pid that is used again between decision and act, by a process that started in the same tick.
 */
@NeedsRoot
class PidReuseIT {
  private static final List<String> OWN_NAMESPACE =
      List.of("unshare", "--pid", "--fork", "--mount-proc", "--kill-child");

  private static Path program;

  @BeforeAll
  static void build(@TempDir Path folder) {
    program = folder.resolve("pid-reuse");
    Program.run(
            Duration.ofMinutes(1),
            List.of("gcc", "-O2", "-o", program.toString(), "src/test/lab/pid-reuse.c"))
        .expectSuccess();
  }

  private static String run(Duration most, String... arguments) {
    List<String> command = new ArrayList<>(OWN_NAMESPACE);
    command.addAll(SystemdLab.javaCommand(PidReuse.class));
    command.add(program.toString());
    command.addAll(List.of(arguments));
    return Program.run(most, command).expectSuccess();
  }

  @Test
  void theSuccessorIsNeverSignalled() {
    assertThat(run(Duration.ofMinutes(3)).lines())
        .containsExactly(
            "the process itself: Done, ended by 15",
            "held: 20 equal, 20 vanished, 20 unharmed",
            "seen: 20 equal, 20 vanished, 20 unharmed",
            "seen again: 20 equal, 20 vanished, 20 unharmed");
  }

  /** {@code src/test/race} does so a hundred thousand times. */
  @Test
  void noSuccessorIsSignalledInARace() {
    assertThat(run(Duration.ofMinutes(3), "1000").strip())
        .isEqualTo("1000 tries, some in time, 0 wrong");
  }
}

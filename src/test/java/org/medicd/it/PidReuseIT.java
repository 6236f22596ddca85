package org.medicd.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
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

  @Test
  void theSuccessorIsNeverSignalled() {
    List<String> command = new ArrayList<>(OWN_NAMESPACE);
    command.addAll(SystemdLab.javaCommand(PidReuse.class));
    String came = Program.run(Duration.ofSeconds(180), command).expectSuccess();
    assertThat(came.lines())
        .containsExactly(
            "the process itself: Done, ended by 15",
            "held: 10 equal, 10 vanished, 10 unharmed",
            "seen: 10 equal, 10 vanished, 10 unharmed",
            "seen again: 10 equal, 10 vanished, 10 unharmed");
  }

  /** {@code src/test/race} does so a hundred thousand times. */
  @Test
  void noSuccessorIsSignalledInARace() {
    List<String> command = new ArrayList<>(OWN_NAMESPACE);
    command.addAll(SystemdLab.javaCommand(PidReuse.class));
    command.add("300");
    String came = Program.run(Duration.ofSeconds(120), command).expectSuccess();
    assertThat(came.strip()).isEqualTo("300 tries, some in time, 0 wrong");
  }
}

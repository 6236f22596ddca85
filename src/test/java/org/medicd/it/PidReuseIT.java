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
    String came = Program.run(Duration.ofSeconds(60), command).expectSuccess();
    assertThat(came.lines())
        .containsExactly(
            "the process itself: Done, ended by 15",
            "held: 20 equal, 20 vanished, 20 unharmed",
            "seen: 20 equal, 20 vanished, 20 unharmed",
            "seen again: 20 equal, 20 vanished, 20 unharmed");
  }
}

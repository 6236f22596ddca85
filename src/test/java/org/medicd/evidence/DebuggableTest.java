package org.medicd.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medicd.fact.ProcState;
import org.medicd.linux.RunAs;

class DebuggableTest {
  private final Map<String, String> status =
      new HashMap<>(
          Debuggable.fields(
              "Name:\tapp\nTracerPid:\t0\nUid:\t7\t7\t7\t7\nGid:\t8\t8\t8\t8\nSigCgt:\t0004\n"));

  @Test
  void looksAtAProcessAsItsUser() {
    assertThat(one(ProcState.SLEEPING).objection(7)).isNull();
    assertThat(one(ProcState.SLEEPING).user()).isEqualTo(RunAs.user(7, 8));
  }

  @Test
  void leavesThreadsOfTheKernelAlone() {
    Sighting thread = new Sighting(ProcState.IDLE, true, 5);

    assertThat(new Debuggable(thread, status, 0, 0755, false, false).objection(7))
        .isEqualTo("it is a thread of the kernel");
  }

  @Test
  void leavesATracedProcessAlone() {
    status.put("TracerPid", "99");

    assertThat(one(ProcState.SLEEPING).objection(7)).isEqualTo("it is traced already by pid 99");
  }

  @Test
  void doesNotWaitForAProcessInUninterruptibleSleep() {
    assertThat(one(ProcState.DISK_SLEEP).objection(7)).contains("in uninterruptible sleep");
  }

  @Test
  void leavesAProcessOfSeveralUsersAlone() {
    status.put("Uid", "7\t0\t0\t0");

    assertThat(one(ProcState.SLEEPING).objection(0)).contains("several users");
  }

  @Test
  void leavesAProcessThatChangedItsUserAlone() {
    assertThat(one(ProcState.SLEEPING).objection(9))
        .isEqualTo("it runs as uid 7 now, not as uid 9");
  }

  @Test
  void rootDebugsNoProgramThatSomebodyElseCouldWrite() {
    status.put("Uid", "0\t0\t0\t0");
    Sighting sighting = new Sighting(ProcState.SLEEPING, false, 5);

    assertThat(new Debuggable(sighting, status, 0, 0100755, false, false).objection(0)).isNull();
    assertThat(new Debuggable(sighting, status, 1000, 0100755, false, false).objection(0))
        .contains("not root's alone");
    assertThat(new Debuggable(sighting, status, 0, 0100775, false, false).objection(0))
        .contains("not root's alone");
  }

  @Test
  void jstackDoesNotAskWhomItsSignalWouldEnd() {
    assertThat(new JavaStacks().objection(one(ProcState.SLEEPING))).isNull();

    status.put("SigCgt", "fffffffffffffffb");
    assertThat(new JavaStacks().objection(one(ProcState.SLEEPING))).contains("SIGQUIT");
  }

  @Test
  void jstackDoesNotAskAStoppedMachine() {
    assertThat(new JavaStacks().objection(one(ProcState.STOPPED))).contains("stopped");
    assertThat(new JavaStacks().concerns(one(ProcState.STOPPED))).isFalse();
  }

  private Debuggable one(ProcState state) {
    return new Debuggable(new Sighting(state, false, 5), status, 7, 0100755, false, false);
  }
}

package org.medicd.act.chore;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.medicd.linux.cgroup.CgroupKill;
import org.medicd.linux.systemd.SystemdBus;
import org.medicd.linux.systemd.SystemdException;
import org.medicd.plan.Outcome;

/** Kills all that a unit runs. */
record GroupKill(SystemdBus systemd) {
  private static final Duration LOOK = Duration.ofSeconds(2);

  /**
   * @param invocation of the unit that is meant; null: whatever it is
   */
  Outcome kill(String unit, @Nullable String invocation) throws SystemdException, IOException {
    String group = systemd.controlGroup(unit, LOOK);
    if (group.isEmpty()) {
      return new Outcome.Vanished(unit + " runs nothing any more");
    }
    if (invocation != null && !invocation.equals(invocation(unit))) {
      return new Outcome.Vanished(unit + " was started anew meanwhile");
    }
    CgroupKill.Killed killed = CgroupKill.ofThisHost().kill(group);
    String how =
        killed.atOnce()
            ? "at once"
            : "one by one: cgroup.kill needs root, cgroup v2 and Linux 5.14";
    return killed.processes() == 0
        ? new Outcome.Vanished(unit + " runs nothing any more")
        : new Outcome.Done(
            "SIGKILL to " + killed.processes() + " processes of " + unit + ", " + how);
  }

  /** Whether only root can do it at once. */
  boolean needsRoot(String unit) throws SystemdException, IOException {
    return CgroupKill.ofThisHost().isForRoot(systemd.controlGroup(unit, LOOK));
  }

  /** Which start of the unit it is; empty before the first. */
  String invocation(String unit) throws SystemdException {
    return String.valueOf(systemd.unit(unit, LOOK).invocationId());
  }

  /** What is frozen does not die of SIGKILL before it is thawed, where the kernel is older. */
  void thaw(String unit) throws SystemdException {
    systemd.thaw(unit, LOOK);
  }
}

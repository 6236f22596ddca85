package org.medicd.guard;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Selectors;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcState;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Snapshot;
import org.medicd.plan.Action;
import org.medicd.plan.Intent;
import org.medicd.plan.Patient;
import org.medicd.plan.Verdict;

/** Refuses, for good, whatever must never be hurt: built-in, and what the configuration adds. */
final class ProtectedGuard implements Guard {
  private static final Selectors BUILT_IN =
      new Selectors(
          List.of(
              "sshd",
              "sshd-session",
              "login",
              "systemd",
              "systemd-*",
              "(sd-pam)",
              "dbus-daemon",
              "dbus-broker*",
              "polkitd",
              "dockerd",
              "containerd*",
              "docker-proxy",
              "runc",
              "crun",
              "conmon",
              "podman",
              "crio",
              "kubelet",
              "lxcfs",
              "apt",
              "apt-get",
              "aptitude",
              "dpkg*",
              "unattended-upgr*",
              "rpm",
              "dnf*",
              "yum",
              "zypper",
              "pacman",
              "snapd",
              "fsck*",
              "e2fsck",
              "xfs_repair",
              "btrfs",
              "mkfs*",
              "mke2fs",
              "lvm",
              "dmeventd",
              "multipathd"),
          List.of(
              "systemd-*",
              "dbus*",
              "ssh.service",
              "sshd.service",
              "ssh@*",
              "user@*",
              "getty@*",
              "serial-getty@*",
              "docker.service",
              "containerd.service",
              "medicd.service",
              "medicd-chore@*",
              "init.scope"),
          List.of());

  private static final Selection OUT_OF_THE_BOX = new Selection(BUILT_IN);

  private final Selection configured;
  private final int self;

  ProtectedGuard(Selectors configured, int self) {
    this.configured = new Selection(configured);
    this.self = self;
  }

  @Override
  public Optional<Verdict> judge(Intent intent, Situation situation) {
    Patient patient = intent.patient();
    String why = named(configured.match(patient), OUT_OF_THE_BOX.match(patient));
    if (why != null) {
      return refuse(why);
    }
    for (ProcessId target : intent.targets()) {
      why = protectedProcess(target, situation.seen());
      if (why != null) {
        return refuse(target + " is " + why);
      }
    }
    return intent.action().kind().has(Action.Trait.NEEDS_UNIT)
        ? protectedInUnit(patient.unit(), situation.seen())
        : Optional.empty();
  }

  /** A restart ends all that runs in the unit, not only what is ill. */
  private Optional<Verdict> protectedInUnit(@Nullable String unit, Snapshot seen) {
    for (Proc proc : seen.processes().values()) {
      String why =
          unit != null && unit.equals(proc.unit()) ? protectedProcess(proc.id(), seen) : null;
      if (why != null) {
        return refuse(proc.id() + ", which " + unit + " runs, is " + why);
      }
    }
    return Optional.empty();
  }

  private @Nullable String protectedProcess(ProcessId id, Snapshot seen) {
    if (id.pid() == 1) {
      return "PID 1";
    }
    if (isSelfOrAncestor(id.pid(), seen)) {
      return "medicd itself or an ancestor of it";
    }
    Proc proc = seen.find(id);
    if (proc == null) {
      return null;
    }
    if (proc.kernelThread()) {
      return "a kernel thread";
    }
    if (proc.state() == ProcState.TRACED) {
      return "traced by a debugger";
    }
    return proc.leadsSession() ? "the leader of a terminal's session" : byName(proc);
  }

  /** Where the executable is not known the comm must serve: better one too many. */
  private @Nullable String byName(Proc proc) {
    String found = named(configured.match(proc), OUT_OF_THE_BOX.match(proc));
    return found != null || proc.executable() != null
        ? found
        : named(configured.matchName(proc.comm()), OUT_OF_THE_BOX.matchName(proc.comm()));
  }

  private static @Nullable String named(@Nullable String added, @Nullable String builtIn) {
    return added != null
        ? "protected by the configuration: " + added
        : builtIn != null ? "protected out of the box: " + builtIn : null;
  }

  private boolean isSelfOrAncestor(int pid, Snapshot seen) {
    int each = self;
    for (int depth = 0; each > 0 && depth < 100; depth++) {
      if (each == pid) {
        return true;
      }
      Proc proc = seen.processes().get(each);
      each = proc == null ? 0 : proc.parent();
    }
    return false;
  }

  private static Optional<Verdict> refuse(String why) {
    return Optional.of(new Verdict.Refused("protected", why, true));
  }
}

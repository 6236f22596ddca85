package org.medicd.guard;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Selectors;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcState;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Snapshot;
import org.medicd.plan.Intent;
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
              "init.scope"),
          List.of());

  private final Selectors configured;
  private final int self;

  ProtectedGuard(Selectors configured, int self) {
    this.configured = configured;
    this.self = self;
  }

  @Override
  public Optional<Verdict> judge(Intent intent, Situation situation) {
    String added = Selection.match(configured, intent.patient());
    if (added != null) {
      return refuse("protected by the configuration: " + added);
    }
    String builtIn = Selection.match(BUILT_IN, intent.patient());
    if (builtIn != null) {
      return refuse("protected out of the box: " + builtIn);
    }
    for (ProcessId target : intent.targets()) {
      String why = protectedProcess(target, situation.seen());
      if (why != null) {
        return refuse(target + " is " + why);
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
    return proc.leadsSession() ? "the leader of a terminal's session" : null;
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

package org.medicd.guard;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Selectors;
import org.medicd.fact.Proc;
import org.medicd.fact.ProcState;
import org.medicd.fact.ProcessId;
import org.medicd.fact.Snapshot;
import org.medicd.fact.UnitId;
import org.medicd.linux.systemd.PoolChange;
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
    if (intent.action().kind() == Action.Kind.SCALE_POOL && shrinks(intent)) {
      return protectedInPool(String.valueOf(patient.unit()), situation.seen());
    }
    return intent.action().kind().has(Action.Trait.NEEDS_UNIT)
        ? protectedInUnit(patient.unit(), situation.seen())
        : Optional.empty();
  }

  private static boolean shrinks(Intent intent) {
    return !PoolChange.parse(String.valueOf(intent.action().argument())).grows();
  }

  /** Which instance goes is known only when it is done: none of those that run may be protected. */
  private Optional<Verdict> protectedInPool(String template, Snapshot seen) {
    Set<String> instances =
        seen.processes().values().stream()
            .map(Proc::unit)
            .filter(unit -> unit != null && template.equals(new UnitId(unit).template()))
            .collect(Collectors.toSet());
    Found found = among(instances, seen);
    return found == null ? Optional.empty() : refuse(found.why());
  }

  /** A restart ends all that runs in the unit, not only what is ill. */
  private Optional<Verdict> protectedInUnit(@Nullable String unit, Snapshot seen) {
    Found found = unit == null ? null : running(Set.of(unit), seen);
    return found == null ? Optional.empty() : refuse(found.why());
  }

  /**
   * A unit that must not be touched.
   *
   * @param unit its name
   * @param why in words
   */
  record Found(String unit, String why) {}

  /** The first of these that must not be touched, for its name or for what it runs; null: none. */
  @Nullable Found among(Collection<String> units, Snapshot seen) {
    for (String unit : units) {
      Patient patient = new Patient(new UnitId(unit), null, null, null, unit, null);
      String why = named(configured.match(patient), OUT_OF_THE_BOX.match(patient));
      if (why != null) {
        return new Found(unit, unit + " is " + why);
      }
    }
    return units.isEmpty() ? null : running(Set.copyOf(units), seen);
  }

  /** Whether another unit than this runs something that the configuration protects. */
  boolean runsBeside(String unit, Snapshot seen) {
    return seen.processes().values().stream()
        .filter(proc -> proc.unit() != null && !unit.equals(proc.unit()))
        .anyMatch(proc -> configured.match(proc) != null);
  }

  private @Nullable Found running(Set<String> units, Snapshot seen) {
    for (Proc proc : seen.processes().values()) {
      String unit = proc.unit();
      String why = unit != null && units.contains(unit) ? protectedProcess(proc.id(), seen) : null;
      if (unit != null && why != null) {
        return new Found(unit, proc.id() + ", which " + unit + " runs, is " + why);
      }
    }
    return null;
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

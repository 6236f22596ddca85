package org.medicd.collect.census;

import java.io.IOException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Gaps;
import org.medicd.collect.ProcTree;
import org.medicd.linux.proc.CgroupFile;
import org.medicd.linux.proc.PidStatus;
import org.medicd.linux.proc.UnitName;

/**
 * What hardly changes in the life of a process: its program, its user, its unit.
 *
 * @param cpuGroup the control group whose counter of CPU time counts for it
 */
record Identity(
    @Nullable String executable,
    @Nullable Integer uid,
    @Nullable String user,
    @Nullable String cgroup,
    @Nullable String unit,
    @Nullable String cpuGroup) {
  static final Identity UNKNOWN = new Identity(null, null, null, null, null, null);
  private static final String DELETED = " (deleted)";

  /** In looks: no multiple of how far apart those of one process are, so that all take turns. */
  private static final int EVERY = 61;

  /** At first sight, soon after (a fork becomes another program), and then now and then. */
  static boolean isDue(int pid, int looks, boolean commChanged) {
    return looks == 1 || looks == 2 || looks == 5 || commChanged || (looks + pid) % EVERY == 0;
  }

  /** The same with texts that others have too: most processes run few programs in few groups. */
  Identity sharing(UnaryOperator<String> texts) {
    return new Identity(
        shared(executable, texts),
        uid,
        shared(user, texts),
        shared(cgroup, texts),
        shared(unit, texts),
        shared(cpuGroup, texts));
  }

  private static @Nullable String shared(@Nullable String text, UnaryOperator<String> texts) {
    return text == null ? null : texts.apply(text);
  }

  static Identity read(int pid, Look look) {
    ProcTree tree = look.tree();
    Gaps gaps = look.gaps();
    String executable = executable(tree, pid, gaps);
    Integer uid = uid(tree, pid, gaps);
    String groups = groups(tree, pid, gaps);
    String cgroup = groups == null ? null : cgroup(groups, pid, gaps);
    return new Identity(
        executable,
        uid,
        uid == null ? null : look.details().passwd().name(uid),
        cgroup,
        cgroup == null ? null : UnitName.ofCgroup(cgroup),
        groups == null ? null : look.groups().key(CgroupFile.paths(groups)));
  }

  private static @Nullable String executable(ProcTree tree, int pid, Gaps gaps) {
    try {
      String path = tree.link(pid + "/exe");
      return path.endsWith(DELETED) ? path.substring(0, path.length() - DELETED.length()) : path;
    } catch (IOException e) {
      gaps.ofProcess("proc/PID/exe", pid, e);
      return null;
    }
  }

  private static @Nullable Integer uid(ProcTree tree, int pid, Gaps gaps) {
    try {
      return PidStatus.parse(tree.read(pid + "/status")).effectiveUid();
    } catch (IOException e) {
      gaps.ofProcess("proc/PID/status", pid, e);
      return null;
    }
  }

  private static @Nullable String groups(ProcTree tree, int pid, Gaps gaps) {
    try {
      return tree.read(pid + "/cgroup");
    } catch (IOException e) {
      gaps.ofProcess("proc/PID/cgroup", pid, e);
      return null;
    }
  }

  private static @Nullable String cgroup(String groups, int pid, Gaps gaps) {
    try {
      return CgroupFile.parse(groups);
    } catch (IOException e) {
      gaps.ofProcess("proc/PID/cgroup", pid, e);
      return null;
    }
  }
}

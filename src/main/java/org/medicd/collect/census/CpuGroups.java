package org.medicd.collect.census;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.ProcTree;
import org.medicd.linux.LinuxException;
import org.medicd.linux.cgroup.CgroupCpu;
import org.medicd.linux.cgroup.Hierarchies;
import org.medicd.linux.proc.CgroupFile;

/** The control groups that processes are in. The root is none: the host's counters tell of it. */
final class CpuGroups implements AutoCloseable {
  /** Each holds a descriptor. */
  private static final int MOST = 1_000;

  private static final String V2 = "v2:";
  private static final String V1 = "v1:";

  private final Hierarchies hierarchies;
  private final TreeMap<String, CpuGroup> groups = new TreeMap<>();
  private boolean changed;

  CpuGroups(Hierarchies hierarchies) {
    this.hierarchies = hierarchies;
  }

  /** Those of this host; none for a captured tree. */
  static CpuGroups of(ProcTree tree) {
    return new CpuGroups(hierarchies(tree));
  }

  private static Hierarchies hierarchies(ProcTree tree) {
    try {
      return Hierarchies.parse(tree.isLive() ? tree.read("self/mountinfo") : "", "");
    } catch (IOException e) {
      return new Hierarchies(null, Map.of()); // all are looked at in their turn
    }
  }

  /**
   * Names the group whose counter counts for a process.
   *
   * @param paths of the process, as its cgroup file has them
   * @return null where only the root's does
   */
  @Nullable String key(Map<String, String> paths) {
    String unified = hierarchies.unified() == null ? null : paths.get(CgroupFile.UNIFIED);
    if (unified != null && !unified.equals("/")) {
      return V2 + unified;
    }
    String legacy = hierarchies.byController().containsKey("cpuacct") ? paths.get("cpuacct") : null;
    return legacy == null || legacy.equals("/") ? null : V1 + legacy;
  }

  /** Has a process change from one group into another. */
  @Nullable CpuGroup move(@Nullable CpuGroup from, @Nullable String to) {
    if (from != null && from.key().equals(to)) {
      return from;
    }
    if (from != null && from.leave()) {
      groups.remove(from.key());
      from.close();
      changed = true;
    }
    CpuGroup group = to == null ? null : groups.get(to);
    if (group == null && to != null && groups.size() < MOST) {
      group = new CpuGroup(to, open(to));
      groups.put(to, group);
      changed = true;
    }
    if (group != null) {
      group.join();
    }
    return group;
  }

  private @Nullable CgroupCpu open(String key) {
    String path = key.substring(V2.length());
    try {
      return key.startsWith(V2)
          ? CgroupCpu.open(hierarchies, path, null)
          : CgroupCpu.open(hierarchies, null, path);
    } catch (LinuxException e) {
      return null; // descriptors are scarce: its members are looked at in their turn
    }
  }

  /** Whether in any group a member at rest must have woken. */
  boolean feel(long tick) {
    if (changed) {
      findThoseBelow();
      changed = false;
    }
    boolean any = false;
    for (CpuGroup group : groups.values()) {
      any |= group.feel(tick);
    }
    return any;
  }

  private void findThoseBelow() {
    groups.forEach(
        (key, group) -> {
          String next = groups.higherKey(key + "/");
          group.hasGroupsBelow(next != null && next.startsWith(key + "/"));
        });
  }

  /** Ends a tick. */
  void settle(long tick) {
    groups.values().forEach(group -> group.settle(tick));
  }

  int size() {
    return groups.size();
  }

  @Override
  public void close() {
    groups.values().forEach(CpuGroup::close);
    groups.clear();
  }
}

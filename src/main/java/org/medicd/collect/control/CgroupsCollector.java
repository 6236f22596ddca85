package org.medicd.collect.control;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Collector;
import org.medicd.collect.Gaps;
import org.medicd.collect.ProcTree;
import org.medicd.collect.Scene;
import org.medicd.fact.Asked;
import org.medicd.fact.Cgroup;
import org.medicd.fact.Fact;
import org.medicd.linux.cgroup.Hierarchies;
import org.medicd.linux.proc.CgroupFile;

/**
 * Looks at the control groups that have processes, and at those above them. It has a thread of its
 * own: the kernel's locks behind these files are held long on a busy host.
 */
public final class CgroupsCollector implements Collector {
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final int LOOKS_PER_MOUNTS = 30;
  private static final int MOST_GROUPS = 2000;

  private final ProcTree tree;
  private final String hostRoot;
  private final LongSupplier monotonicNanos;
  private final int most;
  private Map<String, Group> groups = Map.of();
  private Hierarchies hierarchies = new Hierarchies(null, Map.of());
  private int looks;
  private Wanted before = Wanted.NOTHING;
  private volatile Wanted wanted = Wanted.NOTHING;

  /**
   * @param tree /proc, or a captured copy, which has the rest of the host beside it
   * @param monotonicNanos as System.nanoTime: rates want the moment of reading
   */
  public CgroupsCollector(ProcTree tree, LongSupplier monotonicNanos) {
    this(tree, monotonicNanos, MOST_GROUPS);
  }

  CgroupsCollector(ProcTree tree, LongSupplier monotonicNanos, int most) {
    this.tree = tree;
    String beside = String.valueOf(tree.root().resolveSibling(""));
    this.hostRoot = beside.equals("/") ? "" : beside;
    this.monotonicNanos = monotonicNanos;
    this.most = most;
  }

  @Override
  public String aspect() {
    return "control groups";
  }

  @Override
  public Set<Class<? extends Fact>> makes() {
    return Set.of(Cgroup.class);
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public boolean mayBlock() {
    return true;
  }

  @Override
  public void ask(Asked asked) {
    wanted = Wanted.of(asked);
  }

  @Override
  public List<Cgroup> look(Scene scene) throws IOException {
    if (looks++ % LOOKS_PER_MOUNTS == 0) {
      hierarchies = Hierarchies.parse(tree.read("self/mountinfo"), hostRoot);
    }
    if (hierarchies.unified() == null && hierarchies.byController().isEmpty()) {
      throw new IOException("no control groups are mounted");
    }
    List<Crowd> crowds = Crowd.of(scene.processes().values());
    if (crowds.size() > most) {
      String those = (crowds.size() - most) + " of " + crowds.size() + " control groups";
      scene.gaps().add("cgroup", those, "more than " + most + ": those with few processes");
      crowds = crowds.subList(0, most);
    }
    Wanted fields = wanted;
    List<Cgroup> facts = look(crowds, fields, scene.gaps());
    if (fields.equals(before) && !facts.isEmpty()) { // rates take two looks
      tellOfMissing(facts, fields, scene.gaps());
    }
    before = fields;
    return facts;
  }

  private List<Cgroup> look(List<Crowd> crowds, Wanted fields, Gaps gaps) {
    GroupFiles files = new GroupFiles();
    Limits limits = new Limits(files);
    Map<String, Group> present = new HashMap<>();
    List<Cgroup> facts = new ArrayList<>(crowds.size());
    for (Crowd crowd : crowds) {
      Place place = place(crowd);
      String folder = place == null ? null : place.any();
      Object identity = files.identity(folder);
      if (place == null || identity == null) {
        continue; // removed since, or its process has ended: what it used is not zero
      }
      Group known = groups.get(crowd.path());
      Group group = known != null && known.is(identity) ? known : new Group(crowd.path(), identity);
      long now = monotonicNanos.getAsLong();
      Cgroup fact = group.look(place, crowd.processes(), fields, files, limits, now);
      if (identity.equals(files.identity(folder))) { // else it was removed during the look
        present.put(crowd.path(), group);
        facts.add(fact);
      }
    }
    groups = present;
    files.tell(gaps);
    return facts;
  }

  private @Nullable Place place(Crowd crowd) {
    if (hierarchies.byController().isEmpty()) {
      return Place.unified(crowd.path(), hierarchies);
    }
    try {
      String content = tree.read(crowd.pid() + "/cgroup");
      return new Place(crowd.path(), hierarchies, CgroupFile.paths(content));
    } catch (IOException e) {
      return null; // it has ended, which the next census tells
    }
  }

  private static void tellOfMissing(List<Cgroup> facts, Wanted fields, Gaps gaps) {
    tellIf(fields.cpu(), facts, c -> c.cpu().percent() == null, "cpu", gaps);
    tellIf(fields.memory(), facts, c -> c.memory().currentBytes() == null, "memory", gaps);
    tellIf(fields.events(), facts, c -> c.events().oomKill().total() == null, "events", gaps);
    tellIf(fields.pids(), facts, c -> c.pids().current() == null, "pids", gaps);
    tellIf(
        fields.pressure(), facts, c -> c.pressure().memory().someAvg10() == null, "pressure", gaps);
  }

  private static void tellIf(
      boolean asked, List<Cgroup> facts, Predicate<Cgroup> lacks, String what, Gaps gaps) {
    if (asked && facts.stream().allMatch(lacks)) {
      gaps.add(
          "cgroup/" + what,
          "all control groups",
          "this kernel has it not, or not for any group that has processes");
    }
  }
}

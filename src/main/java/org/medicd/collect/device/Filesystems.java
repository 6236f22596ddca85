package org.medicd.collect.device;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.medicd.collect.Collector;
import org.medicd.collect.ProcTree;
import org.medicd.collect.Readers;
import org.medicd.collect.Scene;
import org.medicd.fact.Fact;
import org.medicd.fact.Filesystem;
import org.medicd.fact.FilesystemId;
import org.medicd.linux.FilesystemSpace;
import org.medicd.linux.proc.MountInfo;
import org.medicd.linux.proc.MountInfo.Mount;

/**
 * Looks at the file systems. Each is asked by a reader of its own kind of patience: one that hangs
 * holds up none of the others, is a gap, and is not asked again before it has answered.
 */
public final class Filesystems implements Collector {
  private static final String ASPECT = "file systems";
  private static final String MOUNTS = "self/mountinfo";
  private static final int MOST_HUNG = 64;
  private static final long PROMPT_MILLIS = 250;

  private final ProcTree tree;
  private final Duration trendWindow;
  private final MountedSpace.Probe probe;
  private final Readers readers;
  private final Map<FilesystemId, MountedSpace> spaces = new LinkedHashMap<>();
  private String lastContent = "";
  private List<Mount> mounts = List.of();

  /**
   * @param tree the live /proc: its mounts are asked
   * @param trendWindow over which a growth must be steady to be told
   */
  public Filesystems(ProcTree tree, LongSupplier monotonicNanos, Duration trendWindow) {
    this(tree, monotonicNanos, trendWindow, FilesystemSpace::of);
  }

  Filesystems(
      ProcTree tree, LongSupplier monotonicNanos, Duration trendWindow, MountedSpace.Probe probe) {
    this.tree = tree;
    this.trendWindow = trendWindow;
    this.probe = probe;
    this.readers = new Readers(ASPECT, monotonicNanos, MOST_HUNG);
  }

  @Override
  public String aspect() {
    return ASPECT;
  }

  @Override
  public Set<Class<? extends Fact>> makes() {
    return Set.of(Filesystem.class);
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(5);
  }

  @Override
  public boolean mayBlock() {
    return true;
  }

  @Override
  public List<Filesystem> look(Scene scene) throws IOException {
    readMounts();
    askAll(scene);
    List<Filesystem> facts = new ArrayList<>();
    for (Mount mount : mounts) {
      MountedSpace space = spaces.get(MountedSpace.id(mount));
      Filesystem fact = space == null ? null : space.tell(mount, scene.nowNanos(), scene.at());
      String failure = space == null ? null : space.failure();
      if (fact != null) {
        facts.add(fact);
      }
      if (failure != null) {
        scene.gaps().add(ASPECT, MountedSpace.id(mount).toString(), failure);
      }
    }
    scene.gaps().addAll(readers.check());
    return facts;
  }

  private void readMounts() throws IOException {
    String content = tree.read(MOUNTS);
    if (content.equals(lastContent)) {
      return;
    }
    mounts = RealMounts.of(MountInfo.parse(content));
    lastContent = content;
    spaces.keySet().retainAll(mounts.stream().map(MountedSpace::id).collect(Collectors.toSet()));
    for (Mount mount : mounts) {
      MountedSpace known = spaces.get(MountedSpace.id(mount));
      if (known == null || !known.isOf(mount)) {
        spaces.put(MountedSpace.id(mount), new MountedSpace(mount, trendWindow));
      }
    }
  }

  /** Asks those that owe no answer, and gives them a moment: nearly all of them answer at once. */
  private void askAll(Scene scene) {
    List<MountedSpace> free = spaces.values().stream().filter(s -> !s.isUnderWay()).toList();
    CountDownLatch open = new CountDownLatch(free.size());
    for (MountedSpace space : free) {
      space.beginAsking(scene.nowNanos());
      boolean taken =
          readers.offer(
              space.id().toString(),
              () -> {
                space.ask(probe);
                open.countDown();
              });
      if (!taken) {
        space.cannotBeAsked();
        open.countDown();
      }
    }
    try {
      if (!open.await(PROMPT_MILLIS, TimeUnit.MILLISECONDS)) {
        readers.relieve();
        open.await(PROMPT_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    readers.close();
  }
}

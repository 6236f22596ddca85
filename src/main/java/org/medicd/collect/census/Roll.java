package org.medicd.collect.census;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Gaps;
import org.medicd.collect.ProcTree;
import org.medicd.linux.Kernel;
import org.medicd.linux.LinuxException;
import org.medicd.linux.proc.HeldStat;
import org.medicd.linux.proc.HeldStats;
import org.medicd.linux.proc.MalformedKernelFile;
import org.medicd.linux.proc.PidStat;

/**
 * Who is there. Reads the stat of every process, through the descriptor that was opened before the
 * process was first known by name, where there is one: only so it can be proved later.
 */
final class Roll {
  private final ProcTree tree;
  private final HeldStats held;
  private final Map<Integer, Watched> byPid = new HashMap<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(HeldStat.BUFFER_BYTES);
  private final byte[] bytes = new byte[HeldStat.BUFFER_BYTES];

  Roll(ProcTree tree, HeldStats held) {
    this.tree = tree;
    this.held = held;
  }

  /** All processes of now. One that ends meanwhile is just absent. */
  Collection<Watched> call(Instant boot, Gaps gaps) {
    Set<Integer> present = new HashSet<>();
    for (int pid : pids(gaps)) {
      try {
        if (meet(pid, boot)) {
          present.add(pid);
        }
      } catch (IOException e) {
        gaps.add("proc/PID/stat", "pid " + pid, String.valueOf(e.getMessage()));
        Watched known = byPid.get(pid);
        if (known != null) {
          known.missed();
          present.add(pid);
        }
      }
    }
    if (byPid.size() > present.size()) {
      List<Watched> ended = new ArrayList<>(byPid.values());
      ended.removeIf(watched -> present.contains(watched.stat().pid()));
      ended.forEach(this::forget);
    }
    return byPid.values();
  }

  /** A folder that cannot be listed does not mean that all processes have ended. */
  private int[] pids(Gaps gaps) {
    try {
      return tree.numbers("");
    } catch (IOException e) {
      gaps.ofHost("proc", e);
      return byPid.keySet().stream().mapToInt(Integer::intValue).toArray();
    }
  }

  private boolean meet(int pid, Instant boot) throws IOException {
    Watched known = byPid.get(pid);
    if (known != null) {
      if (isStillThere(known)) {
        return true;
      }
      forget(known);
    }
    return firstSight(pid, known, boot);
  }

  private boolean isStillThere(Watched known) throws IOException {
    HeldStat stat = known.held();
    if (stat != null) {
      return readAgain(stat, known);
    }
    HeldStat opened = open(known.stat().pid());
    if (opened == null) {
      return false;
    }
    boolean keep = false;
    try {
      boolean same = readAgain(opened, known);
      keep = same && deservesToBeHeld(known);
      return same;
    } finally {
      if (keep) {
        hold(known, opened);
      } else {
        opened.close();
      }
    }
  }

  /** Most lines are those of the look before, to the byte: they are not parsed again. */
  private boolean readAgain(HeldStat stat, Watched known) throws IOException {
    int length = read(stat);
    if (length == HeldStat.GONE) {
      return false;
    }
    if (known.showedLine(bytes, length)) {
      return true;
    }
    PidStat again = parse(length, known.stat().pid());
    if (!again.id().equals(known.id())) {
      return false;
    }
    known.saw(again, Arrays.copyOf(bytes, length));
    return true;
  }

  private boolean deservesToBeHeld(Watched known) {
    return known.isSuspect() ? held.hasRoomForSuspect() : held.hasRoom();
  }

  private boolean firstSight(int pid, @Nullable Watched before, Instant boot) throws IOException {
    HeldStat opened = open(pid);
    if (opened == null) {
      return false;
    }
    boolean keep = false;
    try {
      int length = read(opened);
      if (length == HeldStat.GONE) {
        return false;
      }
      PidStat stat = parse(length, pid);
      if (before != null && before.id().equals(stat.id())) {
        held.distrust(stat.id());
      }
      Watched watched = new Watched(stat, Arrays.copyOf(bytes, length), boot.plus(afterBoot(stat)));
      byPid.put(pid, watched);
      keep = held.hasRoom();
      if (keep) {
        hold(watched, opened);
      }
      return true;
    } finally {
      if (!keep) {
        opened.close();
      }
    }
  }

  private void hold(Watched watched, HeldStat stat) {
    held.add(watched.id(), stat);
    watched.hold(stat);
  }

  private static Duration afterBoot(PidStat stat) {
    long ticks = Math.max(0, stat.startTicks());
    long perSecond = Kernel.ticksPerSecond();
    return Duration.ofSeconds(ticks / perSecond)
        .plusNanos(ticks % perSecond * 1_000_000_000L / perSecond);
  }

  private @Nullable HeldStat open(int pid) throws IOException {
    try {
      return HeldStat.open(tree.root(), pid);
    } catch (LinuxException e) {
      if (ProcTree.isAbsence(e)) {
        return null;
      }
      throw e;
    }
  }

  private int read(HeldStat stat) throws IOException {
    int length = stat.read(buffer);
    if (length != HeldStat.GONE) {
      buffer.get(bytes, 0, length);
    }
    return length;
  }

  private PidStat parse(int length, int pid) throws MalformedKernelFile {
    PidStat parsed = PidStat.parse(bytes, length);
    if (parsed.pid() != pid) {
      throw new MalformedKernelFile("proc/PID/stat", "names pid " + parsed.pid());
    }
    return parsed;
  }

  private void forget(Watched watched) {
    byPid.remove(watched.stat().pid());
    held.remove(watched.id());
  }
}

package org.medicd.collect.census;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.ProcTree;
import org.medicd.linux.LinuxException;
import org.medicd.linux.proc.HeldStat;
import org.medicd.linux.proc.HeldStats;
import org.medicd.linux.proc.MalformedKernelFile;
import org.medicd.linux.proc.PidStat;

/**
 * Reads the stat of a process, through the descriptor that was opened before the process was first
 * known by name, where there is one: only so it can be proved later.
 */
final class StatReader {
  private final ProcTree tree;
  private final HeldStats held;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(HeldStat.BUFFER_BYTES);
  private final byte[] bytes = new byte[HeldStat.BUFFER_BYTES];

  StatReader(ProcTree tree, HeldStats held) {
    this.tree = tree;
    this.held = held;
  }

  /**
   * Meets a process for the first time; null where there is none.
   *
   * @param before who had this pid until now
   */
  @Nullable Watched meet(int pid, @Nullable Watched before, Look look) throws IOException {
    HeldStat opened = open(pid);
    if (opened == null) {
      return null;
    }
    boolean keep = false;
    try {
      int length = read(opened);
      if (length == HeldStat.GONE) {
        return null;
      }
      PidStat stat = parse(length, pid);
      if (before != null && before.id().equals(stat.id())) {
        held.distrust(stat.id());
      }
      Watched watched = new Watched(stat, Arrays.copyOf(bytes, length), look);
      keep = held.hasRoom();
      if (keep) {
        hold(watched, opened);
      }
      return watched;
    } finally {
      if (!keep) {
        opened.close();
      }
    }
  }

  /** Reads a known process again; false where it has ended. */
  boolean readAgain(Watched known) throws IOException {
    HeldStat stat = known.held();
    if (stat != null) {
      return readAgain(stat, known);
    }
    HeldStat opened = open(known.pid());
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
    if (known.showsAgain(bytes, length)) {
      return true;
    }
    PidStat again = parse(length, known.pid());
    if (!again.id().equals(known.id())) {
      return false;
    }
    known.shows(again, Arrays.copyOf(bytes, length));
    return true;
  }

  private boolean deservesToBeHeld(Watched known) {
    return known.isSuspect() ? held.hasRoomForSuspect() : held.hasRoom();
  }

  private void hold(Watched watched, HeldStat stat) {
    held.add(watched.id(), stat);
    watched.hold(stat);
  }

  /** Closes the descriptor of one that has ended. */
  void letGo(Watched watched) {
    held.remove(watched.id());
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
}

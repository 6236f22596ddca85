package org.medicd.linux.proc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.ProcessId;
import org.medicd.linux.Kernel;
import org.medicd.linux.LinuxException;

/**
 * The stat descriptors that are held, by the process they were opened for. The collector adds and
 * removes on its thread; whoever is about to act asks {@link #proves} on another.
 */
public final class HeldStats implements AutoCloseable {
  private static final int SMALLEST_RESERVE = 256;

  private final int budget;
  private final Map<ProcessId, HeldStat> held = new ConcurrentHashMap<>();
  private final Set<ProcessId> ambiguous = ConcurrentHashMap.newKeySet();

  /** Holds at most so many. */
  public HeldStats(int budget) {
    this.budget = budget;
  }

  /** Leaves a quarter of the open files that are allowed, and at least 256, to everything else. */
  public static HeldStats withinOpenFilesLimit() throws LinuxException {
    long limit = Kernel.openFilesLimit();
    long budget = limit - Math.max(SMALLEST_RESERVE, limit / 4);
    return new HeldStats((int) Math.max(0, Math.min(budget, Integer.MAX_VALUE)));
  }

  /** Whether any process may be held; an eighth of the budget is kept for suspects. */
  public boolean hasRoom() {
    return held.size() < budget - budget / 8;
  }

  /** Whether a process that may soon be acted on can be held. */
  public boolean hasRoomForSuspect() {
    return held.size() < budget;
  }

  public int size() {
    return held.size();
  }

  public @Nullable HeldStat find(ProcessId id) {
    return held.get(id);
  }

  /**
   * Whether this very process still exists: the descriptor held since it was first seen answers.
   * False too for one that is not held ({@link #holds} tells), and for an id that has named two
   * processes: a pid that is used again within a clock tick gets an equal one.
   */
  public boolean proves(ProcessId id) {
    HeldStat stat = held.get(id);
    if (stat == null || ambiguous.contains(id)) {
      return false;
    }
    try {
      return stat.read(ByteBuffer.allocateDirect(HeldStat.BUFFER_BYTES)) != HeldStat.GONE
          && !ambiguous.contains(id);
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a descriptor is held for it; without one only the start ticks can tell. */
  public boolean holds(ProcessId id) {
    return held.containsKey(id);
  }

  /** Takes a descriptor over that was opened before the id was read from it. */
  public void add(ProcessId id, HeldStat stat) {
    HeldStat before = held.put(id, stat);
    if (before != null && before != stat) {
      before.close();
    }
  }

  /** The process has ended: closes its descriptor. */
  public void remove(ProcessId id) {
    HeldStat stat = held.remove(id);
    ambiguous.remove(id);
    if (stat != null) {
      stat.close();
    }
  }

  /** A second process has come by this id: nothing proves any more which of them is meant. */
  public void distrust(ProcessId id) {
    ambiguous.add(id);
  }

  @Override
  public void close() {
    Set.copyOf(held.keySet()).forEach(this::remove);
  }
}

package org.medicd.collect.census;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Proc;

/**
 * All processes of one tick by pid, immutable: two arrays in step. The next tick's table shares
 * what did not change, so that a process at rest costs one reference in a copied array.
 */
final class ProcessTable extends AbstractMap<Integer, Proc> {
  static final ProcessTable EMPTY = new ProcessTable(new int[0], new Proc[0]);

  private final int[] pids;
  private final Proc[] processes;

  /** Takes the arrays over; the pids ascend. */
  ProcessTable(int[] pids, Proc[] processes) {
    this.pids = pids;
    this.processes = processes;
  }

  @Override
  public int size() {
    return pids.length;
  }

  @Override
  public @Nullable Proc get(@Nullable Object pid) {
    int at = pid instanceof Integer number ? Arrays.binarySearch(pids, number) : -1;
    return at < 0 ? null : processes[at];
  }

  @Override
  public boolean containsKey(@Nullable Object pid) {
    return get(pid) != null;
  }

  @Override
  public Set<Map.Entry<Integer, Proc>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return pids.length;
      }

      @Override
      public Iterator<Map.Entry<Integer, Proc>> iterator() {
        return entries();
      }
    };
  }

  private Iterator<Map.Entry<Integer, Proc>> entries() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < pids.length;
      }

      @Override
      public Map.Entry<Integer, Proc> next() {
        if (next >= pids.length) {
          throw new NoSuchElementException();
        }
        int at = next++;
        return Map.entry(pids[at], processes[at]);
      }
    };
  }
}

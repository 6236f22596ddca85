package org.medicd.fact;

/**
 * How fast one lineage brings forth processes. Children of parents that live too briefly to be
 * looked at twice count for the nearest of their ancestors that did, and that still lives.
 *
 * @param owner the unit of the parents, else the process that the lineage began with
 * @param by executable of the process that the lineage began with (/proc/PID/exe), or its comm
 *     where that is not known
 * @param executable of the children where those that were seen all run the same other program; else
 *     the same as by
 * @param perSecond processes born a second, averaged over 10 s; to two digits from 10 on
 * @param exact the kernel told of each of them; else only those are counted that lived long enough
 *     to be seen in /proc
 */
public record Births(Subject owner, String by, String executable, double perSecond, boolean exact)
    implements Fact {
  private record Key(Subject owner, String by) {}

  @Override
  public Object key() {
    return new Key(owner, by);
  }
}

package org.medicd.fact;

/**
 * How fast one lineage brings forth processes.
 *
 * @param owner the unit, else the parent process
 * @param executable of the children, or their comm where it is not known
 * @param perSecond processes born a second, averaged over 10 s
 */
public record Births(Subject owner, String executable, double perSecond) implements Fact {
  private record Key(Subject owner, String executable) {}

  @Override
  public Object key() {
    return new Key(owner, executable);
  }
}

package org.medicd.daemon.chronicle;

/** Tells what happens to whoever reads along. Never waits, never throws. */
public interface Teller {
  void tell(Entry entry);
}

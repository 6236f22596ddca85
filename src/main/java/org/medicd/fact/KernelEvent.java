package org.medicd.fact;

import java.time.Instant;

/**
 * Something that the kernel's log told a short while ago; it stays a fact for that while.
 *
 * @param sequence number of the record in the kernel's log
 * @param at when the kernel wrote it, by the wall clock
 * @param text as the kernel wrote it
 */
public record KernelEvent(long sequence, Instant at, String text) implements Fact {
  @Override
  public Long key() {
    return sequence;
  }
}

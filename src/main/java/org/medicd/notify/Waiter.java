package org.medicd.notify;

import java.time.Duration;

/** Lets time pass between two tries; tests let it pass at once. */
@FunctionalInterface
public interface Waiter {
  /** Returns when the time is over, or throws as soon as the thread is interrupted. */
  void pause(Duration duration) throws InterruptedException;
}

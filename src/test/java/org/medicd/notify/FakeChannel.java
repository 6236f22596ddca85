package org.medicd.notify;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.medicd.plan.Severity;

/** A channel that fails so many times, or holds each notice until it is let go. */
final class FakeChannel implements Channel {
  final List<Notice> delivered = new CopyOnWriteArrayList<>();
  final AtomicInteger tries = new AtomicInteger();
  final CountDownLatch entered = new CountDownLatch(1);
  final CountDownLatch letGo;
  private final Severity atLeast;
  private final int failures;

  private FakeChannel(Severity atLeast, int failures, boolean holds) {
    this.atLeast = atLeast;
    this.failures = failures;
    this.letGo = new CountDownLatch(holds ? 1 : 0);
  }

  static FakeChannel good(Severity atLeast) {
    return new FakeChannel(atLeast, 0, false);
  }

  static FakeChannel failing(int times) {
    return new FakeChannel(Severity.INFO, times, false);
  }

  static FakeChannel hanging() {
    return new FakeChannel(Severity.INFO, 0, true);
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Severity atLeast() {
    return atLeast;
  }

  @Override
  public void deliver(Notice notice) throws DeliveryException {
    entered.countDown();
    try {
      letGo.await();
    } catch (InterruptedException e) {
      throw new DeliveryException("interrupted", e);
    }
    int nth = tries.incrementAndGet();
    if (nth <= failures && nth % 2 == 0) {
      throw new IllegalStateException("broken");
    } else if (nth <= failures) {
      throw new DeliveryException("not now");
    }
    delivered.add(notice);
  }
}

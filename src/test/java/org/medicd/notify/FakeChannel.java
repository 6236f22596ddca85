package org.medicd.notify;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Severity;

/** A channel that fails as it is told to, or holds each letter until it is let go. */
final class FakeChannel implements Channel {
  static final String GONE = "a thread that is gone";

  final List<Letter> delivered = new CopyOnWriteArrayList<>();
  final AtomicInteger tries = new AtomicInteger();
  final AtomicInteger begun = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  final CountDownLatch entered = new CountDownLatch(1);
  final CountDownLatch letGo;
  private final String name;
  private final Severity atLeast;
  private final BiFunction<Integer, Letter, @Nullable Exception> failures;

  private FakeChannel(
      String name,
      Severity atLeast,
      BiFunction<Integer, Letter, @Nullable Exception> failures,
      boolean holds) {
    this.name = name;
    this.atLeast = atLeast;
    this.failures = failures;
    this.letGo = new CountDownLatch(holds ? 1 : 0);
  }

  static FakeChannel good(String name, Severity atLeast) {
    return new FakeChannel(name, atLeast, (nth, letter) -> null, false);
  }

  /**
   * @param failures what the nth try ends in, from 1; null: it is delivered
   */
  static FakeChannel failing(IntFunction<@Nullable Exception> failures) {
    return new FakeChannel("fake", Severity.INFO, (nth, letter) -> failures.apply(nth), false);
  }

  /** It always fails with these. */
  static FakeChannel failingOn(Predicate<Letter> bad) {
    return new FakeChannel(
        "fake",
        Severity.INFO,
        (nth, letter) -> bad.test(letter) ? new DeliveryException("not that one") : null,
        false);
  }

  static FakeChannel hanging() {
    return new FakeChannel("hanging", Severity.INFO, (nth, letter) -> null, true);
  }

  /** It ends in that each time, once it is let go. */
  static FakeChannel hangingThen(Exception failure) {
    return new FakeChannel("hanging", Severity.INFO, (nth, letter) -> failure, true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Severity atLeast() {
    return atLeast;
  }

  @Override
  public void begin() {
    begun.incrementAndGet();
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }

  /** Follows the thread that it is given, unless that is {@link #GONE}. */
  @Override
  public @Nullable String deliver(Letter letter) throws DeliveryException {
    entered.countDown();
    try {
      letGo.await();
    } catch (InterruptedException e) {
      throw new DeliveryException("interrupted", e);
    }
    Exception failure = failures.apply(tries.incrementAndGet(), letter);
    if (failure instanceof DeliveryException known) {
      throw known;
    } else if (failure != null) {
      throw new IllegalStateException(failure);
    }
    delivered.add(letter);
    return letter.thread() == null || letter.thread().equals(GONE)
        ? "thread of " + letter.key()
        : null;
  }
}

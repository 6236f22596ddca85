package org.medicd.collect.census;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Collector;
import org.medicd.collect.Scene;
import org.medicd.fact.Asked;
import org.medicd.fact.AspectReport;
import org.medicd.fact.Fact;
import org.medicd.fact.Gap;

/**
 * A collector at its rhythm, with what it saw last. One that may block looks on a thread of its
 * own; the tick only takes what came of it.
 */
final class Aspect implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  /** What came of one look. */
  record Sight(
      List<Fact> facts, List<Gap> gaps, @Nullable Duration took, @Nullable String failure) {
    static final Sight NONE = new Sight(List.of(), List.of(), null, null);

    static Sight ofFailure(String aspect, @Nullable Duration took, String failure) {
      return new Sight(List.of(), List.of(new Gap(aspect, "the host", failure)), took, failure);
    }
  }

  private final Collector collector;
  private final @Nullable ExecutorService beside;
  private boolean asked;
  private @Nullable Long begunNanos;
  private volatile boolean underWay;
  private volatile Sight last = Sight.NONE;
  private Sight told = Sight.NONE;

  Aspect(Collector collector) {
    this.collector = collector;
    this.beside = collector.mayBlock() ? Executors.newSingleThreadExecutor(this::thread) : null;
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "medicd-look-" + collector.aspect().replace(' ', '-'));
    thread.setDaemon(true);
    return thread;
  }

  void ask(Asked about) {
    asked = collector.makes().stream().anyMatch(about::about);
    collector.ask(about);
  }

  boolean isAsked() {
    return asked;
  }

  /** Looks, or has it done, if it is time; returns what there is to tell. */
  Sight look(Scene scene) {
    long now = scene.nowNanos();
    Long begun = begunNanos;
    boolean due = begun == null || now - begun >= collector.every().toNanos();
    if (due && !underWay) {
      begunNanos = now;
      begin(scene);
    }
    told = underWay && begunNanos != null ? whileUnderWay(now - begunNanos) : last;
    return told;
  }

  private void begin(Scene scene) {
    if (beside == null) {
      last = sight(scene);
      return;
    }
    underWay = true;
    Scene apart = scene.apart();
    beside.execute(
        () -> {
          last = sight(apart);
          underWay = false;
        });
  }

  /** What was seen before holds for a while, but not for ever. */
  private Sight whileUnderWay(long nanos) {
    return nanos <= DEADLINE.toNanos()
        ? last
        : Sight.ofFailure(
            collector.aspect(), null, "no answer for " + nanos / 1_000_000_000 + " s");
  }

  private Sight sight(Scene scene) {
    Scene own = scene.apart();
    long began = System.nanoTime();
    try {
      List<Fact> facts = List.copyOf(collector.look(own));
      return new Sight(facts, own.gaps().toList(), since(began), null);
    } catch (IOException | RuntimeException e) {
      String failure = e.getMessage() != null ? e.getMessage() : e.toString();
      return Sight.ofFailure(collector.aspect(), since(began), failure);
    }
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  /** Pids of whom the last look has heard. */
  Set<Integer> stirred() {
    return asked && beside == null ? collector.stirred() : Set.of();
  }

  /** How the last look went. */
  AspectReport report() {
    return new AspectReport(collector.aspect(), told.took(), told.facts().size(), told.failure());
  }

  @Override
  public void close() {
    if (beside != null) {
      beside.shutdownNow();
    }
    collector.close();
  }
}

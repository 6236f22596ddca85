package org.medicd.act;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.medicd.plan.Action;
import org.medicd.plan.Intent;
import org.medicd.plan.Outcome;
import org.medicd.plan.Report;

/**
 * Runs actions beside the tick. Each has a thread of its own, so that a slow one delays no other;
 * one that outlives its deadline is reported as timed out and never joined.
 */
public final class Actions implements AutoCloseable {
  private static final int MOST_AT_ONCE = 32;

  private record Running(Intent intent, Duration until, CompletableFuture<Report> report) {}

  private final Map<Action.Kind, Actuator> actuators = new HashMap<>();
  private final List<Running> running = new ArrayList<>();
  private final ExecutorService threads;

  public Actions(List<Actuator> actuators) {
    this(
        actuators,
        new ThreadPoolExecutor(
            0, MOST_AT_ONCE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), Actions::thread));
  }

  /**
   * @param threads run the actions; closed with this
   */
  public Actions(List<Actuator> actuators, ExecutorService threads) {
    for (Actuator actuator : actuators) {
      actuator.kinds().forEach(kind -> this.actuators.put(kind, actuator));
    }
    this.threads = threads;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "act");
    thread.setDaemon(true);
    return thread;
  }

  /** Starts an action; its report comes with {@link #finished}. */
  public void start(Intent intent, Duration now) {
    Actuator actuator = actuators.get(intent.action().kind());
    CompletableFuture<Report> report = new CompletableFuture<>();
    Duration patience = actuator == null ? Duration.ZERO : actuator.deadline();
    running.add(new Running(intent, now.plus(patience), report));
    if (actuator == null) {
      report.complete(failed(intent, "nothing here can do " + intent.action().label()));
      return;
    }
    try {
      threads.execute(() -> report.complete(carryOut(actuator, intent)));
    } catch (RejectedExecutionException e) {
      report.complete(failed(intent, MOST_AT_ONCE + " actions are under way already"));
    }
  }

  private static Report carryOut(Actuator actuator, Intent intent) {
    try {
      return actuator.act(intent);
    } catch (Exception | StackOverflowError | LinkageError e) {
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      return failed(intent, why);
    }
  }

  private static Report failed(Intent intent, String why) {
    return new Report(intent.incident(), intent.rung(), new Outcome.Failed(why), null);
  }

  /** What has ended, or is given up, since this was asked last. */
  public List<Report> finished(Duration now) {
    List<Report> reports = new ArrayList<>();
    for (Iterator<Running> each = running.iterator(); each.hasNext(); ) {
      Running one = each.next();
      Report report = one.report().getNow(null);
      if (report == null && now.compareTo(one.until()) > 0) {
        String why = one.intent().action().label() + " did not end before its deadline";
        report =
            new Report(
                one.intent().incident(), one.intent().rung(), new Outcome.TimedOut(why), null);
      }
      if (report != null) {
        reports.add(report);
        each.remove();
      }
    }
    return reports;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}

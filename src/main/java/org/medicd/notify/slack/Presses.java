package org.medicd.notify.slack;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Alerts;
import org.medicd.notify.Desk;
import org.medicd.plan.Notice;

/**
 * Does what people press, if they may, and answers under the message. On a thread of its own: who
 * hears of presses goes on hearing.
 */
final class Presses implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Presses.class.getName());
  private static final Duration SILENCE = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final int MOST_TRIES = 4;
  private static final int MOST_WAITING = 100;
  private static final int MOST_REMEMBERED = 1_000;

  private final Alerts.Slack settings;
  private final Duration timeout;
  private final Desk desk;
  private final Layout layout;
  private final Lock turn;
  private final ScheduledThreadPoolExecutor worker;

  /** Slack tells again of what it thinks was not heard. */
  private final Set<Press> known =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Press, Boolean> eldest) {
              return size() > MOST_REMEMBERED;
            }
          });

  /**
   * @param timeout of each call
   * @param turn of who changes messages
   */
  Presses(Alerts.Slack settings, Duration timeout, Desk desk, Layout layout, Lock turn) {
    this.settings = settings;
    this.timeout = timeout;
    this.desk = desk;
    this.layout = layout;
    this.turn = turn;
    worker =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "slack-presses");
              thread.setDaemon(true);
              return thread;
            });
    worker.setKeepAliveTime(IDLE.toSeconds(), TimeUnit.SECONDS);
    worker.allowCoreThreadTimeOut(true);
  }

  /**
   * What who pressed is to see.
   *
   * @param text the answer
   * @param openly under the message, for all; else only for who pressed
   * @param changes the message shows something else now
   * @param done buttons that have done what they do
   */
  private record Answer(
      Press press, String text, boolean openly, boolean changes, Set<Button> done) {
    static Answer whispered(Press press, String text) {
      return new Answer(press, text, false, false, Set.of());
    }
  }

  /** Never waits. */
  void take(Press press) {
    synchronized (known) {
      if (!known.add(press)) {
        return;
      }
    }
    if (worker.getQueue().size() >= MOST_WAITING) {
      LOG.log(Level.WARNING, "slack: too much is pressed at once: a press is not heeded");
      return;
    }
    try {
      worker.execute(() -> handle(press));
    } catch (RejectedExecutionException e) {
      LOG.log(Level.INFO, "slack: a press is not heeded: medicd ends");
    }
  }

  private void handle(Press press) {
    try {
      show(answer(press), 1);
    } catch (RuntimeException | LinkageError e) {
      LOG.log(Level.WARNING, "slack: a press came to nothing", e);
    }
  }

  private Answer answer(Press press) {
    if (!settings.users().contains(press.user())) {
      refuse(press, "alerts.slack.users does not name this user");
      String why = "You may not do that: medicd's alerts.slack.users does not name ";
      return Answer.whispered(press, why + press.user() + ".");
    } else if (!press.target().isOf(desk.host())) {
      refuse(press, "it is about another host");
      String why =
          "Nothing was done: this is about another host, and Slack gave it to that of %s."
              + " Buttons of several hosts need a Slack app for each.";
      return Answer.whispered(press, why.formatted(desk.host()));
    }
    Desk.Answer came = act(press, press.target().incident());
    String text = press.shownName() + " pressed " + press.button().label() + ": " + came.text();
    boolean changes = press.button() != Button.WHY && press.target().isOfOne();
    Set<Button> done = came.done() ? EnumSet.of(press.button()) : Set.of();
    return new Answer(press, text, true, changes, done);
  }

  private void refuse(Press press, String why) {
    desk.refused(press.button().id(), press.target().incident(), press.who(), why);
  }

  private Desk.Answer act(Press press, String incident) {
    int rung = press.target().rung();
    Desk.Answer came =
        switch (press.button()) {
          case APPROVE -> desk.approve(incident, rung, press.who());
          case DENY -> desk.deny(incident, rung, press.who());
          case SILENCE -> desk.silence(incident, SILENCE, press.who());
          case PAUSE -> desk.pause(press.who());
          case WHY -> desk.why(incident, press.who());
        };
    if (came.done() && (press.button() == Button.APPROVE || press.button() == Button.DENY)) {
      layout.answered(incident, rung);
    }
    return came;
  }

  /** Tries a few times: what was done is done, and stands in the audit trail too. */
  private void show(Answer answer, int tries) {
    Press press = answer.press();
    try (WebApi slack = WebApi.asBot(settings, timeout)) {
      if (answer.changes()) {
        refresh(slack, press, answer.done());
      }
      if (answer.openly()) {
        WebApi.Content content = new WebApi.Content(answer.text(), null);
        slack.post(press.channel(), press.thread(), false, content, null);
      } else {
        slack.whisper(press.channel(), null, press.user(), answer.text());
      }
    } catch (Trouble e) {
      if (e.isForNow() && tries < MOST_TRIES) {
        again(answer, tries + 1, e.retryAfter());
      } else {
        LOG.log(Level.WARNING, "slack: a press was not answered: {0}", e.getMessage());
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "slack: a press was not answered: {0}", e.getMessage());
    }
  }

  private void again(Answer answer, int tries, @Nullable Duration asked) {
    Duration pause = asked == null ? PAUSE.multipliedBy(tries) : asked;
    long millis = Math.min(pause.toMillis(), LONGEST_PAUSE.toMillis());
    try {
      worker.schedule(() -> show(answer, tries), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.log(Level.INFO, "slack: a press is not answered: medicd ends");
    }
  }

  /** The message shows how things stand now, without the buttons that did what they do. */
  private void refresh(WebApi slack, Press press, Set<Button> done) throws Trouble {
    turn.lock();
    try {
      Notice now = desk.now(press.target().incident()).orElse(null);
      if (now != null) {
        slack.update(
            press.messageName(), new WebApi.Content(Layout.title(now), layout.of(now, done)));
      }
    } catch (Trouble e) {
      if (e.isForNow()) {
        throw e;
      }
      LOG.log(Level.INFO, "slack: a message is not changed: {0}", e.getMessage());
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}

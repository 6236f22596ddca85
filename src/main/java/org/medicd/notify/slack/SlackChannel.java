package org.medicd.notify.slack;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Alerts;
import org.medicd.notify.Channel;
import org.medicd.notify.DeliveryException;
import org.medicd.notify.Desk;
import org.medicd.notify.Findings;
import org.medicd.notify.Letter;
import org.medicd.notify.LetterText;
import org.medicd.plan.Notice;
import org.medicd.plan.Severity;

/**
 * Tells a Slack channel. The first letter of a conversation is a message that each later one
 * changes, so that it shows how things stand; what changed is a reply in its thread.
 *
 * <p>Of several incidents each that asks has a message of its own in the thread, with its buttons.
 *
 * <p>A letter goes at least once. The message is changed before the reply is posted: to change it
 * again does no harm. Where the answer to a post was lost, or an earlier run of the daemon may have
 * posted it, the message is looked for by the letter's key first. Slack allows that with the scope
 * channels:history (of private channels groups:history), and only where the channel's id is known;
 * else it may come twice.
 */
public final class SlackChannel implements Channel {
  private static final System.Logger LOG = System.getLogger(SlackChannel.class.getName());

  /** That fail at the same time, and more: there are not many. */
  private static final int MOST_LETTERS = 100;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** Slack's clock and ours may differ. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final Alerts.Slack settings;
  private final Duration timeout;
  private final Instant began;
  private final Layout layout;
  private final @Nullable Buttons buttons;
  private final ReentrantLock turn = new ReentrantLock();

  // what follows belongs to the thread that delivers
  private final Groups groups = new Groups();
  private final Set<String> inDoubt = Collections.newSetFromMap(Recent.map(MOST_LETTERS));
  private final Map<String, MessageName> posted =
      Recent.map(MOST_LETTERS); // and what follows fails
  private final Questions questions;
  private @Nullable String channelId;
  private boolean mayLook = true;

  /**
   * @param desk does what people press
   * @param findings what was captured
   */
  public SlackChannel(Alerts.Slack settings, Desk desk, Findings findings, InstantSource clock) {
    this(settings, desk, findings, clock, Duration.ofSeconds(10));
  }

  /**
   * @param timeout of each call
   */
  SlackChannel(
      Alerts.Slack settings, Desk desk, Findings findings, InstantSource clock, Duration timeout) {
    this.settings = settings;
    this.timeout = timeout;
    began = clock.instant();
    boolean pressable = settings.appTokenFile() != null && !settings.users().isEmpty();
    layout = new Layout(findings, pressable);
    questions = new Questions(layout);
    Path appToken = settings.appTokenFile();
    buttons =
        appToken == null || !pressable
            ? null
            : new Buttons(
                () -> WebApi.asApp(appToken, settings, timeout),
                new Presses(settings, timeout, desk, layout, turn),
                FIRST_PAUSE);
    channelId = settings.channel().matches("[CDG][A-Z0-9]{7,}") ? settings.channel() : null;
  }

  @Override
  public String name() {
    return "slack";
  }

  @Override
  public Severity atLeast() {
    return settings.atLeast();
  }

  /** A rung is no message of its own: it changes the one that is there. */
  @Override
  public boolean tells(Notice.Kind kind) {
    return true;
  }

  @Override
  public void begin() {
    if (buttons != null) {
      buttons.begin();
    }
  }

  @Override
  public void close() {
    if (buttons != null) {
      buttons.close();
    }
  }

  @Override
  public @Nullable String deliver(Letter letter) throws DeliveryException {
    turn.lock(); // a press changes messages too
    try (WebApi slack = WebApi.asBot(settings, timeout)) {
      String thread =
          letter.thread() == null ? first(slack, letter) : later(slack, letter, letter.thread());
      posted.remove(letter.key());
      return thread;
    } catch (Trouble e) {
      throw e.delivery();
    } catch (IOException e) {
      throw new DeliveryException("Slack: " + e.getMessage(), e);
    } finally {
      turn.unlock();
    }
  }

  private String first(WebApi slack, Letter letter) throws Trouble {
    WebApi.Content content =
        new WebApi.Content(
            Layout.title(letter), letter.isOfOne() ? layout.of(letter.first()) : layout.of(letter));
    MessageName first =
        post(slack, settings.channel(), null, letter, content, LetterText.text(letter));
    channelId = first.channel();
    MessageName name = new MessageName(first.channel(), first.ts(), letter.incidents());
    if (name.isOfMany()) {
      groups.begin(name.text(), letter);
      questions.ask(slack, name, letter);
    }
    return name.text();
  }

  /** Where the old channel is gone, it is begun anew in the one that is named now. */
  private String later(WebApi slack, Letter letter, String thread) throws Trouble {
    try {
      later(slack, letter, MessageName.parse(thread, settings.channel()));
      return thread;
    } catch (Trouble e) {
      if (e.is(Trouble.Kind.NO_CHANNEL)) {
        return first(slack, letter);
      }
      throw e;
    }
  }

  private void later(WebApi slack, Letter letter, MessageName name) throws Trouble {
    WebApi.Content present = present(letter, name);
    if (present != null) {
      update(slack, name, present, letter);
    }
    String text = Reply.text(letter, name.isOfMany(), layout.hasButtons());
    post(slack, name.channel(), name.ts(), letter, new WebApi.Content(text, null), text);
    if (name.isOfMany()) {
      questions.ask(slack, name, letter);
    }
    if (letter.over()) {
      groups.end(name.text());
    }
  }

  /** What the first message is to show; null: what it shows. */
  private WebApi.@Nullable Content present(Letter letter, MessageName name) {
    if (!name.isOfMany() && letter.isOfOne()) {
      return new WebApi.Content(Layout.title(letter), layout.of(letter.first()));
    }
    Letter all = groups.together(name.text(), letter);
    if (all != null) {
      return new WebApi.Content(Layout.title(all), layout.of(all));
    }
    return letter.over()
        ? new WebApi.Content(Layout.title(letter), layout.ofEnd(letter, name.incidents()))
        : null;
  }

  private static void update(WebApi slack, MessageName name, WebApi.Content content, Letter letter)
      throws Trouble {
    try {
      try {
        slack.update(name, content);
      } catch (Trouble e) {
        if (!e.is(Trouble.Kind.FORM)) {
          throw e;
        }
        slack.update(name, new WebApi.Content(LetterText.text(letter), null));
      }
    } catch (Trouble e) {
      if (!e.is(Trouble.Kind.GONE) && !e.is(Trouble.Kind.FORM)) {
        throw e;
      } // else somebody deleted it, or it may not be changed any more: the reply tells all
    }
  }

  /**
   * Posts what is not there yet.
   *
   * @param plain what is said where Slack does not take the content
   */
  private MessageName post(
      WebApi slack,
      String channel,
      @Nullable String thread,
      Letter letter,
      WebApi.Content content,
      String plain)
      throws Trouble {
    if (posted.containsKey(letter.key())) {
      return posted.get(letter.key()); // what was to follow it failed
    }
    boolean loud = thread != null && Reply.isLoud(letter);
    MessageName there = look(slack, thread == null ? channelId : channel, thread, letter);
    if (there != null) {
      inDoubt.remove(letter.key());
      return there;
    }
    try {
      MessageName name = postInSomeForm(slack, channel, thread, loud, letter, content, plain);
      inDoubt.remove(letter.key());
      posted.put(letter.key(), name);
      return name;
    } catch (Trouble e) {
      if (e.is(Trouble.Kind.IN_DOUBT)) {
        inDoubt.add(letter.key());
      }
      throw e;
    }
  }

  private static MessageName postInSomeForm(
      WebApi slack,
      String channel,
      @Nullable String thread,
      boolean loud,
      Letter letter,
      WebApi.Content content,
      String plain)
      throws Trouble {
    try {
      return slack.post(channel, thread, loud, content, letter.key());
    } catch (Trouble e) {
      if (e.is(Trouble.Kind.GONE) && thread != null) {
        return slack.post(channel, null, false, content, letter.key());
      } else if (e.is(Trouble.Kind.FORM)) {
        return slack.post(channel, thread, loud, new WebApi.Content(plain, null), null);
      }
      throw e;
    }
  }

  /** The message of a letter that may have gone already; null: it did not, or nobody can tell. */
  private @Nullable MessageName look(
      WebApi slack, @Nullable String channel, @Nullable String thread, Letter letter)
      throws Trouble {
    Instant told = letter.first().at();
    boolean doubtful = inDoubt.contains(letter.key()) || told.isBefore(began);
    if (!doubtful || channel == null || !mayLook) {
      return null;
    }
    try {
      return slack.find(channel, thread, told.minus(SKEW), letter.key());
    } catch (Trouble e) {
      if (e.isForNow()) {
        throw e;
      } else if (e.is(Trouble.Kind.NOT_ALLOWED)) {
        mayLook = false;
        String why = "a message whose answer was lost may come twice: ";
        LOG.log(Level.INFO, "slack: {0}{1}", why, e.getMessage());
      }
      return null;
    }
  }
}

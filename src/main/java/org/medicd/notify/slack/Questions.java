package org.medicd.notify.slack;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.medicd.notify.Letter;
import org.medicd.notify.Standing;
import org.medicd.plan.Notice;

/**
 * What several incidents of one message want to know of people: for each rung that waits a message
 * of its own in the thread, with its facts and its buttons. Asked once, and maybe again after a
 * crash. Not safe for threads.
 */
final class Questions {
  /** Of one letter; the others are only counted. */
  private static final int MOST = 5;

  private static final int MOST_REMEMBERED = 1_000;

  private final Layout layout;
  private final Set<String> asked = Collections.newSetFromMap(Recent.map(MOST_REMEMBERED));

  Questions(Layout layout) {
    this.layout = layout;
  }

  /** Asks what this letter wants to know; without buttons nobody could answer there. */
  void ask(WebApi slack, MessageName thread, Letter letter) throws Trouble {
    List<Notice> open =
        letter.notices().stream()
            .filter(each -> each.kind() == Notice.Kind.ASKED)
            .filter(each -> Standing.askedStep(each.incident()) >= 0)
            .toList();
    if (!layout.hasButtons() || open.isEmpty()) {
      return;
    }
    for (Notice each : open.subList(0, Math.min(MOST, open.size()))) {
      String title = Layout.title(each);
      once(slack, thread, each.id(), new WebApi.Content(title, layout.of(each)));
    }
    if (open.size() > MOST) {
      String more =
          open.size() - MOST + " more wait for your answer: medic incidents, medic approve ID";
      once(slack, thread, letter.key(), new WebApi.Content(more, null));
    }
  }

  private void once(WebApi slack, MessageName thread, String key, WebApi.Content content)
      throws Trouble {
    if (!asked.contains(key)) {
      inSomeForm(slack, thread, content);
      asked.add(key);
    }
  }

  private static void inSomeForm(WebApi slack, MessageName thread, WebApi.Content content)
      throws Trouble {
    try {
      slack.post(thread.channel(), thread.ts(), false, content, null);
    } catch (Trouble e) {
      if (e.is(Trouble.Kind.GONE)) { // somebody deleted the message
        slack.post(thread.channel(), null, false, content, null);
      } else if (e.is(Trouble.Kind.FORM) && content.blocks() != null) {
        inSomeForm(slack, thread, new WebApi.Content(content.text(), null));
      } else {
        throw e;
      }
    }
  }
}

package org.medicd.notify.slack;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.medicd.notify.Letter;
import org.medicd.notify.LetterText;
import org.medicd.notify.Particulars;
import org.medicd.plan.Notice;

/** What is added to a thread: the change, where the message above shows how it stands. */
final class Reply {
  /** With these people are to see it in the channel too: threads are followed by few. */
  private static final Set<Notice.Kind> LOUD =
      EnumSet.of(Notice.Kind.ASKED, Notice.Kind.PAGED, Notice.Kind.EXHAUSTED, Notice.Kind.REMINDER);

  private Reply() {}

  static boolean isLoud(Letter letter) {
    return letter.notices().stream().map(Notice::kind).anyMatch(LOUD::contains);
  }

  /**
   * What it says.
   *
   * @param ofMany whether the message above is about several
   * @param buttons whether there are some above
   */
  static String text(Letter letter, boolean ofMany, boolean buttons) {
    if (!letter.isOfOne()) {
      return LetterText.text(letter);
    }
    String text = of(letter.first(), buttons && !ofMany);
    return ofMany ? Layout.title(letter) + "\n" + text : text;
  }

  private static String of(Notice notice, boolean buttons) {
    Particulars it = Particulars.of(notice);
    List<String> lines = new ArrayList<>();
    if (LOUD.contains(notice.kind()) || notice.kind() == Notice.Kind.OPENED) {
      lines.add(Layout.title(notice));
    }
    if (!it.done().isEmpty() && notice.kind() != Notice.Kind.CLOSED) {
      lines.add(it.done().get(it.done().size() - 1));
    }
    lines.addAll(it.end());
    if (it.next() != null) {
      lines.add(it.next());
    }
    if (buttons && notice.kind() == Notice.Kind.ASKED) {
      lines.add("Or press Approve or Deny in the message above.");
    }
    if (it.advice() != null && LOUD.contains(notice.kind())) {
      lines.add("Advice: " + it.advice());
    }
    return lines.isEmpty() ? it.title() : String.join("\n", lines);
  }
}

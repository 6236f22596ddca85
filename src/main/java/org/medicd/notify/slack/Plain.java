package org.medicd.notify.slack;

import com.slack.api.model.block.composition.PlainTextObject;
import org.medicd.notify.Escaped;

/** Text for Slack without anything that it would act on: escaped, and cut to what it takes. */
final class Plain {
  private Plain() {}

  /**
   * Text that Slack shows as it is: no formatting, no links, no emoji by name.
   *
   * @param most characters, as Slack counts them: after escaping
   */
  static PlainTextObject of(String text, int most) {
    String shown = text.isEmpty() ? "-" : cut(text, most); // Slack takes no empty text
    return PlainTextObject.builder().text(shown).emoji(false).build();
  }

  /** Escaped, and never cut in the middle of what was escaped. */
  static String cut(String text, int most) {
    StringBuilder cut = new StringBuilder();
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      at += Character.charCount(codePoint);
      String shown = Escaped.slack(Character.toString(codePoint));
      int room = at < text.length() ? most - 1 : most;
      if (cut.length() + shown.length() > room) {
        return cut.append('…').toString();
      }
      cut.append(shown);
    }
    return cut.toString();
  }
}

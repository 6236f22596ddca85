package org.medicd.linux.kmsg;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The form of one kind of text: only a text that has the telling words is matched as a whole, which
 * costs far more than to look for them.
 */
final class TextForm {
  /** A name that a process gave itself: TASK_COMM_LEN is 16, with the zero. */
  static final String COMM = "(.{0,15})";

  /** Within what an int holds. */
  static final String PID = "(\\d{1,9})";

  /** As kernels name block devices (cciss!c0d0) and interfaces; no blanks, no colons. */
  static final String DEVICE = "([\\w!.@-]{1,32})";

  private final String words;
  private final Pattern whole;
  private final Function<Matcher, KernelMessage> meaning;

  TextForm(String words, String whole, Function<Matcher, KernelMessage> meaning) {
    this.words = words;
    this.whole = Pattern.compile(whole, Pattern.DOTALL);
    this.meaning = meaning;
  }

  @Nullable KernelMessage message(String text) {
    if (!text.contains(words)) {
      return null;
    }
    Matcher matcher = whole.matcher(text);
    return matcher.matches() ? meaning.apply(matcher) : null;
  }

  static @Nullable KernelMessage first(Iterable<TextForm> forms, String text) {
    for (TextForm form : forms) {
      KernelMessage message = form.message(text);
      if (message != null) {
        return message;
      }
    }
    return null;
  }

  /** A group that is not part of every form is null where it did not match. */
  static String group(Matcher matcher, int number) {
    String group = matcher.group(number);
    return group != null ? group : "";
  }

  static int number(Matcher matcher, int group) {
    return Integer.parseInt(group(matcher, group));
  }
}

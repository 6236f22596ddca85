package org.medicd.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Nearest;
import org.medicd.config.Quoted;
import org.medicd.config.Unfit;
import org.medicd.plan.Action;

/**
 * Something that can happen, as people write it: "symptom cpu-hot on nginx", "diagnosis
 * cpu-runaway", "incident cpu-runaway recovered", "term on nginx", "restart-unit refused by gate".
 *
 * @param kind symptom, diagnosis, incident or action
 * @param name which; null: any
 * @param how the state of an incident, what became of an action; null: any
 * @param about the name of whom it is about; null: of anybody
 */
record What(Kind kind, @Nullable String name, @Nullable String how, @Nullable String about) {
  /** What happens. */
  enum Kind {
    SYMPTOM,
    DIAGNOSIS,
    INCIDENT,
    ACTION;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static final String DONE = "done";

  private static final Pattern WORDS =
      Pattern.compile(
          "(?:(symptom|diagnosis|incident)\\b *)?(?:(?!on\\b)(\\S+))?"
              + "(?: +(open|treating|recovered|vanished|exhausted|withdrawn"
              + "|done|rehearsed|awaiting-approval|refused(?: by \\S+)?))?"
              + "(?: *\\bon +(.+))?");
  private static final List<String> ACTIONS =
      Arrays.stream(Action.Kind.values()).map(Action.Kind::word).toList();

  /**
   * @throws Unfit where it says nothing that can happen
   */
  static What parse(String text) {
    Matcher words = WORDS.matcher(text.strip());
    if (!words.matches() || words.group(1) == null && words.group(2) == null) {
      throw new Unfit(
          Quoted.of(text)
              + " is nothing that can happen; write as: symptom NAME, diagnosis NAME,"
              + " incident NAME recovered, term, restart-unit refused by gate; each with"
              + " 'on WHOM' if that matters");
    }
    Kind kind =
        words.group(1) == null
            ? Kind.ACTION
            : Kind.valueOf(words.group(1).toUpperCase(Locale.ROOT));
    String name = words.group(2);
    if (kind == Kind.ACTION) {
      checkAction(name);
    }
    String how = words.group(3);
    return new What(kind, name, kind == Kind.ACTION && how == null ? DONE : how, words.group(4));
  }

  private static void checkAction(String name) {
    boolean known =
        ACTIONS.contains(name) || name.startsWith("signal:") || name.startsWith("exec:");
    if (!known) {
      throw new Unfit(Quoted.of(name) + " is no action", Nearest.to(name, ACTIONS));
    }
  }

  boolean matches(Event event) {
    return event.kind() == kind
        && (name == null || name.equals(event.name()))
        && (how == null || event.how().equals(how) || event.how().startsWith(how + " by "))
        && (about == null || event.about().contains(about));
  }

  @Override
  public String toString() {
    return (kind == Kind.ACTION ? "" : kind.word() + " ")
        + (name == null ? "of any name" : name)
        + (how == null || kind == Kind.ACTION && how.equals(DONE) ? "" : " " + how)
        + (about == null ? "" : " on " + about);
  }
}

package org.medicd.notify.slack;

import static com.slack.api.model.block.Blocks.actions;
import static com.slack.api.model.block.Blocks.context;
import static com.slack.api.model.block.Blocks.header;
import static com.slack.api.model.block.Blocks.section;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.TextObject;
import com.slack.api.model.block.element.BlockElement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medicd.notify.Findings;
import org.medicd.notify.Letter;
import org.medicd.notify.LetterText;
import org.medicd.notify.Particulars;
import org.medicd.notify.Standing;
import org.medicd.plan.Notice;

/**
 * How messages look, in Slack's Block Kit: all text is plain text, so that no name can format it or
 * call people. Slack takes 50 blocks, 150 characters in a header, 3000 in a section, 2000 in each
 * of its 10 fields, and about 12000 in all (https://docs.slack.dev/reference/block-kit/blocks).
 */
final class Layout {
  private static final int HEADER = 150;
  private static final int FIELD = 250;
  private static final int LIST = 1_200;
  private static final int AHEAD = 1_500;
  private static final int LETTER = 2_900;
  private static final int CONTEXT = 500;
  private static final int MOST_LINES = 8;
  private static final int MOST_REMEMBERED = 1_000;

  private final Findings findings;
  private final boolean buttons;

  /** Rungs that people answered: a letter that was written before does not ask again. */
  private final Set<String> answered =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > MOST_REMEMBERED;
            }
          });

  /**
   * @param buttons whether there is somebody who may press them
   */
  Layout(Findings findings, boolean buttons) {
    this.findings = findings;
    this.buttons = buttons;
  }

  boolean hasButtons() {
    return buttons;
  }

  /** A person answered that rung. */
  synchronized void answered(String incident, int rung) {
    answered.add(incident + " " + rung);
  }

  private synchronized boolean isAnswered(String incident, int rung) {
    return answered.contains(incident + " " + rung);
  }

  /** One incident as it stands. */
  List<LayoutBlock> of(Notice notice) {
    return of(notice, Set.of());
  }

  /**
   * @param pressed buttons that have done what they do
   */
  List<LayoutBlock> of(Notice notice, Set<Button> pressed) {
    Particulars it = Particulars.of(notice);
    List<LayoutBlock> blocks = new ArrayList<>();
    String title = sign(it.standing(), notice) + " " + it.title() + " " + it.standing().words();
    blocks.add(header(block -> block.text(Plain.of(title, HEADER))));
    List<TextObject> facts = new ArrayList<>();
    it.facts().forEach(fact -> facts.add(Plain.of(fact.name() + "\n" + fact.value(), FIELD)));
    blocks.add(section(block -> block.fields(facts)));
    list(blocks, "It is over", it.end());
    list(blocks, "Because", it.because());
    list(blocks, "Done so far", last(it.done()));
    List<String> ahead = new ArrayList<>();
    if (it.next() != null) {
      ahead.add(it.next());
    }
    if (it.advice() != null) {
      ahead.add("Advice: " + it.advice());
    }
    text(blocks, String.join("\n", ahead), AHEAD);
    list(blocks, "Evidence", findings.of(notice.incident()));
    small(blocks, it.mode() + " More: medic show " + notice.incident().id());
    int rung = Standing.askedStep(notice.incident());
    Button.Target target = new Button.Target(notice.incident().id(), rung, notice.host());
    press(blocks, target, offered(notice, pressed));
    return blocks;
  }

  /** Several incidents, or a storm of them. */
  List<LayoutBlock> of(Letter letter) {
    List<LayoutBlock> blocks = new ArrayList<>();
    blocks.add(header(block -> block.text(Plain.of(sign(letter) + " " + title(letter), HEADER))));
    text(blocks, LetterText.text(letter), LETTER);
    long over = letter.notices().stream().filter(Layout::isOver).count();
    if (letter.digest() && over > 0) {
      small(blocks, over + " of them are over");
    }
    boolean ends = letter.over() || letter.first().pause() != null;
    Button.Target all = new Button.Target("", -1, letter.first().host());
    press(blocks, all, ends ? Set.of() : EnumSet.of(Button.PAUSE));
    return blocks;
  }

  /**
   * Several incidents of which an earlier run of the daemon told, once all are over.
   *
   * @param incidents how many they were
   */
  List<LayoutBlock> ofEnd(Letter letter, int incidents) {
    List<LayoutBlock> blocks = new ArrayList<>();
    String title =
        sign(Standing.OVER, letter.first()) + " all " + incidents + " incidents are over";
    blocks.add(header(block -> block.text(Plain.of(title, HEADER))));
    text(blocks, "The last ones:\n" + LetterText.text(letter), LETTER);
    return blocks;
  }

  private static boolean isOver(Notice notice) {
    return notice.incident().state().isClosed();
  }

  /** The line that a telephone shows. */
  static String title(Letter letter) {
    String subject = LetterText.subject(letter);
    return subject.startsWith("[") ? subject.substring(subject.indexOf(']') + 2) : subject;
  }

  /** The same of one incident as it stands now. */
  static String title(Notice notice) {
    Particulars it = Particulars.of(notice);
    return it.title() + " " + it.standing().words() + ": " + it.facts().get(0).value();
  }

  /** By what concerns people most. */
  private static String sign(Letter letter) {
    Notice worst =
        letter.notices().stream()
            .min((a, b) -> Standing.of(a.incident()).compareTo(Standing.of(b.incident())))
            .orElse(letter.first());
    return sign(Standing.of(worst.incident()), worst);
  }

  private static String sign(Standing standing, Notice notice) {
    return switch (standing) {
      case ASKED -> "✋";
      case PAGED, EXHAUSTED -> "🆘";
      case TREATED -> "🩺";
      case OPEN ->
          switch (notice.incident().severity()) {
            case CRITICAL -> "🔴";
            case WARNING -> "🟠";
            case INFO -> "🔵";
          };
      case OVER -> "⚪";
      case CURED -> "✅";
    };
  }

  private static List<String> last(List<String> done) {
    int before = done.size() - MOST_LINES;
    if (before <= 0) {
      return done;
    }
    List<String> last = new ArrayList<>();
    last.add(before + " before that");
    last.addAll(done.subList(before, done.size()));
    return last;
  }

  private static void list(List<LayoutBlock> blocks, String name, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder(name);
    lines.stream().limit(MOST_LINES + 1L).forEach(line -> text.append("\n• ").append(line));
    int more = lines.size() - MOST_LINES - 1;
    text(blocks, more > 0 ? text + "\n• and " + more + " more" : text.toString(), LIST);
  }

  private static void text(List<LayoutBlock> blocks, String text, int most) {
    if (!text.isBlank()) {
      blocks.add(section(block -> block.text(Plain.of(text, most))));
    }
  }

  private static void small(List<LayoutBlock> blocks, String text) {
    blocks.add(context(block -> block.elements(List.of(Plain.of(text, CONTEXT)))));
  }

  private Set<Button> offered(Notice notice, Set<Button> pressed) {
    if (isOver(notice)) {
      return Set.of();
    }
    EnumSet<Button> offered = EnumSet.allOf(Button.class);
    int rung = Standing.askedStep(notice.incident());
    if (rung < 0 || isAnswered(notice.incident().id(), rung)) {
      offered.removeAll(EnumSet.of(Button.APPROVE, Button.DENY));
    }
    if (notice.pause() != null) {
      offered.remove(Button.PAUSE);
    }
    if (notice.incident().members().isEmpty()) {
      offered.remove(Button.WHY);
    }
    offered.removeAll(pressed);
    return offered;
  }

  private void press(List<LayoutBlock> blocks, Button.Target target, Set<Button> offered) {
    if (!buttons || offered.isEmpty()) {
      return;
    }
    List<BlockElement> elements = new ArrayList<>();
    offered.forEach(each -> elements.add(each.element(target)));
    blocks.add(actions(block -> block.elements(elements)));
  }
}

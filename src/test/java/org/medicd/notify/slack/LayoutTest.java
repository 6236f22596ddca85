package org.medicd.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.util.json.GsonFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medicd.fact.ProcessId;
import org.medicd.notify.Letter;
import org.medicd.notify.Notices;
import org.medicd.plan.Action;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Mode;
import org.medicd.plan.Notice;
import org.medicd.plan.Outcome;
import org.medicd.plan.Patient;
import org.medicd.plan.Pause;
import org.medicd.plan.Rung;
import org.medicd.plan.Severity;
import org.medicd.plan.Step;
import org.medicd.plan.Treatment;
import org.medicd.plan.Verdict;

class LayoutTest {
  private final Layout layout = new Layout(incident -> List.of("spin ← main"), true);

  private static JsonArray json(List<LayoutBlock> blocks) {
    return JsonParser.parseString(GsonFactory.createSnakeCase().toJson(blocks)).getAsJsonArray();
  }

  private static List<String> buttons(List<LayoutBlock> blocks) {
    List<String> buttons = new ArrayList<>();
    json(blocks)
        .forEach(
            block -> {
              if (block.getAsJsonObject().get("type").getAsString().equals("actions")) {
                block
                    .getAsJsonObject()
                    .getAsJsonArray("elements")
                    .forEach(
                        each -> buttons.add(each.getAsJsonObject().get("action_id").getAsString()));
              }
            });
    return buttons;
  }

  private static Notice asked() {
    return Notices.of(Notice.Kind.ASKED, Notices.awaiting().incident());
  }

  /** All of it as long as it can be, and of that character. */
  private static Notice endless(String character, IncidentState state) {
    String name = character.repeat(5_000);
    Step step =
        new Step(
            new Action(Action.Kind.EXEC, name),
            new Verdict.Allowed(),
            new Outcome.Done(name),
            Notices.OPENED_AT,
            name);
    Step asks =
        new Step(
            new Action(Action.Kind.EXEC, name),
            new Verdict.AwaitingApproval(null),
            null,
            Notices.OPENED_AT,
            name);
    List<Step> steps = new ArrayList<>(Collections.nCopies(100, step));
    steps.add(asks);
    Rung page = new Rung(new Action(Action.Kind.PAGE, name), Duration.ZERO, null);
    ProcessId id = new ProcessId(1, 1);
    Incident incident =
        new Incident(
            "20261123-100000-1",
            name,
            name,
            Severity.CRITICAL,
            Mode.ACT,
            Duration.ZERO,
            state,
            new Patient(id, name, name, name, name, null),
            Collections.nCopies(1_000, id),
            Notices.OPENED_AT,
            state.isClosed() ? Notices.OPENED_AT : null,
            state.isClosed() ? name : null,
            Collections.nCopies(500, name),
            new Treatment(name, List.of(page)),
            0,
            steps,
            List.of(),
            List.of());
    return new Notice(
        "1", Notice.Kind.ASKED, incident, name, Mode.ACT, null, name, Notices.OPENED_AT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "&", "<", "😀", "\n", "\u202e"})
  void staysWithinSlacksLimitsHoweverMuchThereIsToSay(String character) {
    Layout endless =
        new Layout(incident -> Collections.nCopies(500, character.repeat(5_000)), true);
    for (IncidentState state : IncidentState.values()) {
      Notice notice = endless(character, state);
      assertThat(BlockKit.problems(json(endless.of(notice)))).as("of one, " + state).isEmpty();
      List<Notice> many = Collections.nCopies(1_000, notice);
      Letter letter =
          new Letter("key", many, Map.of(character, 9), "thread", true, false, List.of("1"));
      assertThat(BlockKit.problems(json(endless.of(letter)))).as("of many").isEmpty();
      assertThat(BlockKit.problems(json(endless.ofEnd(letter, 9)))).as("at the end").isEmpty();
    }
  }

  @Test
  void approveAndDenyAreThereOnlyWhileARungWaits() {
    assertThat(buttons(layout.of(asked())))
        .containsExactly("approve", "deny", "silence", "pause", "why");
    assertThat(buttons(layout.of(Notices.opened()))).containsExactly("silence", "pause", "why");
    assertThat(buttons(layout.of(Notices.recovered()))).isEmpty();
    layout.answered("20261123-100000-1", 0);
    assertThat(buttons(layout.of(asked()))).containsExactly("silence", "pause", "why");
  }

  @Test
  void whatHasDoneWhatItDoesIsNoLongerOffered() {
    assertThat(buttons(layout.of(asked(), Set.of(Button.SILENCE)))).doesNotContain("silence");
    Notice open = asked();
    Notice paused =
        new Notice(
            open.id(),
            open.kind(),
            open.incident(),
            open.host(),
            open.mode(),
            new Pause("root", null, Notices.OPENED_AT),
            null,
            open.at());
    assertThat(buttons(layout.of(paused))).doesNotContain("pause");
    assertThat(json(layout.of(paused)).toString()).contains("PAUSED: medicd does nothing.");
  }

  @Test
  void whyIsAskedOfProcessesOnly() {
    assertThat(buttons(layout.of(Notices.nth(1, "disk-full", Severity.WARNING))))
        .containsExactly("silence", "pause");
  }

  @Test
  void severalAreStoppedTogetherOnly() {
    Notice one = Notices.nth(1, "disk-full", Severity.WARNING);
    Notice two = Notices.nth(2, "disk-full", Severity.WARNING);
    assertThat(buttons(layout.of(Notices.letter(one, two)))).containsExactly("pause");
  }

  @Test
  void whereNobodyMayPressThereAreNoButtons() {
    Layout without = new Layout(incident -> List.of(), false);
    assertThat(buttons(without.of(asked()))).isEmpty();
    assertThat(json(without.of(asked())).toString()).contains("medic approve 20261123-100000-1");
  }

  @Test
  void ofManyRungsTheLastOnesAreShown() {
    List<Step> steps = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      steps.add(
          Notices.step(Action.Kind.TERM, new Verdict.Allowed(), new Outcome.Done("signal " + i)));
    }
    Notice notice =
        Notices.of(
            Notice.Kind.STEP,
            Notices.incident(
                "burner", Severity.WARNING, IncidentState.TREATING, 1, steps.toArray(Step[]::new)));
    assertThat(json(layout.of(notice)).toString())
        .contains("• 22 before that\\n• term: done: signal 23\\n")
        .contains("signal 30")
        .doesNotContain("signal 22");
  }
}

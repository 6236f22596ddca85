package org.medicd.trial;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medicd.config.ConfigReader;
import org.medicd.config.Durations;
import org.medicd.config.Quoted;
import org.medicd.config.Section;
import org.medicd.config.Settings;
import org.medicd.config.Unfit;
import org.medicd.config.YamlFile;
import org.medicd.plan.Mode;

/**
 * Reads a file of scenarios: a mapping from the sentence that names one to its facts, what is
 * expected, and, where they matter, its configuration and how long it lasts.
 */
final class ScenarioReader {
  private static final Pattern AT = Pattern.compile("at +(\\S+)");
  private static final Pattern AFTER = Pattern.compile("after +(.+)");
  private static final Pattern BY = Pattern.compile("by +(\\S+)");
  private static final Pattern NOT_BEFORE = Pattern.compile("not before +(\\S+)");
  private static final Pattern RUNGS = Pattern.compile("(rungs|exactly)(?: +on +(.+))?");

  /** What the ladder may still take after the last time that is named. */
  private static final Duration AFTERWARDS = Duration.ofMinutes(3);

  private static final Duration LONGEST = Duration.ofDays(2);

  private final Path file;
  private final Settings settings;

  private ScenarioReader(Path file, Settings settings) {
    this.file = file;
    this.settings = settings.withMode(Mode.ACT);
  }

  /**
   * @param settings that hold where a scenario says nothing else; but its mode is act
   */
  static YamlFile.Content<List<Scenario>> read(Path file, Settings settings) {
    ScenarioReader reader = new ScenarioReader(file, settings);
    return YamlFile.read(
        file, top -> top.keys().stream().map(name -> reader.scenario(top, name)).toList());
  }

  private Scenario scenario(Section top, String name) {
    Section section = top.section(name);
    Settings own = ConfigReader.settings(section.section("config"), settings);
    List<Scenario.Change> changes = changes(section.section("facts"));
    List<Expectation> expectations = expectations(section.section("expect"));
    Duration lasts = section.value("lasts", ScenarioReader::duration);
    section.rejectOthers();
    if (expectations.isEmpty() && !section.keys().contains("expect")) {
      top.problem(name, "it expects nothing: say what must happen under 'expect'");
    }
    return new Scenario(
        file,
        top.line(name),
        name,
        own,
        changes,
        expectations,
        lasts != null ? lasts : lastNamed(changes, expectations).plus(AFTERWARDS));
  }

  private static Duration lastNamed(List<Scenario.Change> changes, List<Expectation> expectations) {
    Duration last = Duration.ZERO;
    for (Scenario.Change change : changes) {
      if (change.when() instanceof Scenario.When.At at && at.time().compareTo(last) > 0) {
        last = at.time();
      }
    }
    for (Expectation each : expectations) {
      last = each.time().compareTo(last) > 0 ? each.time() : last;
    }
    return last;
  }

  private static Duration duration(String text) {
    Duration duration = Durations.parse(text);
    if (duration.compareTo(LONGEST) > 0) {
      throw new Unfit(Quoted.of(text) + " is too long: " + Durations.format(LONGEST) + " at most");
    }
    return duration;
  }

  private static List<Scenario.Change> changes(Section facts) {
    List<Scenario.Change> changes = new ArrayList<>();
    for (String key : facts.keys()) {
      Scenario.When when = fitting(facts, key, () -> when(key));
      Section said = facts.section(key);
      List<FactEdit> edits =
          said.keys().stream()
              .map(heading -> FactEdit.read(said, heading))
              .filter(Objects::nonNull)
              .toList();
      if (when != null) {
        changes.add(new Scenario.Change(facts.line(key), when, edits));
      }
    }
    return changes;
  }

  private static Scenario.When when(String key) {
    Matcher at = AT.matcher(key.strip());
    if (at.matches()) {
      return new Scenario.When.At(duration(at.group(1)));
    }
    Matcher after = AFTER.matcher(key.strip());
    if (after.matches()) {
      return new Scenario.When.After(What.parse(after.group(1)));
    }
    throw new Unfit(Quoted.of(key) + " is no time: write 'at 10s' or 'after term'");
  }

  private static List<Expectation> expectations(Section expect) {
    List<Expectation> all = new ArrayList<>();
    for (String key : expect.keys()) {
      int line = expect.line(key);
      List<String> parts =
          expect.isList(key)
              ? Objects.requireNonNullElse(expect.list(key, text -> text), List.<String>of())
              : List.of(
                  Objects.requireNonNullElse(expect.value(key, text -> text), "").split(", *"));
      fitting(
          expect,
          key,
          () -> {
            read(key.strip(), parts.stream().filter(p -> !p.isEmpty()).toList(), line, all::add);
            return key;
          });
    }
    return all;
  }

  private static void read(
      String key, List<String> parts, int line, Consumer<Expectation> expectations) {
    Matcher by = BY.matcher(key);
    Matcher notBefore = NOT_BEFORE.matcher(key);
    Matcher at = AT.matcher(key);
    Matcher rungs = RUNGS.matcher(key);
    if (by.matches()) {
      Duration time = duration(by.group(1));
      parts.forEach(p -> expectations.accept(new Expectation.By(line, time, What.parse(p))));
    } else if (notBefore.matches()) {
      Duration time = duration(notBefore.group(1));
      parts.forEach(p -> expectations.accept(new Expectation.NotBefore(line, time, What.parse(p))));
    } else if (at.matches()) {
      Duration time = duration(at.group(1));
      for (String part : parts) {
        boolean holds = !part.startsWith("no ");
        What what = What.parse(holds ? part : part.substring("no ".length()));
        expectations.accept(new Expectation.At(line, time, holds, what));
      }
    } else if (key.equals("never")) {
      parts.forEach(p -> expectations.accept(new Expectation.Never(line, What.parse(p))));
    } else if (rungs.matches()) {
      List<What> wanted = parts.stream().map(What::parse).toList();
      boolean exactly = rungs.group(1).equals("exactly");
      expectations.accept(new Expectation.Rungs(line, exactly, rungs.group(2), wanted));
    } else {
      String known = "by 75s, not before 60s, at 30s, never, rungs, exactly";
      throw new Unfit(Quoted.of(key) + " is no expectation; there are: " + known);
    }
  }

  /** What is made; null where it does not fit, which is a problem of that key. */
  private static <T> @Nullable T fitting(
      Section section, String key, java.util.function.Supplier<T> maker) {
    try {
      return maker.get();
    } catch (Unfit e) {
      section.problem(key, String.valueOf(e.getMessage()), e.suggestion());
      return null;
    }
  }
}

package org.medicd.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.medicd.plan.NearMiss;

/**
 * What is known of a process, in words. Names are as they are: escape before showing.
 *
 * @param title its name and pid
 * @param does what it does, in sentences
 * @param sections what medicd thinks of it
 */
public record WhyText(String title, List<String> does, List<Section> sections) {
  /** Lines under a heading; those that belong to the one above begin with blanks. */
  public record Section(String heading, List<String> lines) {
    public Section {
      lines = List.copyOf(lines);
    }

    private static Section of(String heading, List<String> lines, String none) {
      return new Section(heading, lines.isEmpty() ? List.of(none) : lines);
    }
  }

  public WhyText {
    does = List.copyOf(does);
    sections = List.copyOf(sections);
  }

  /**
   * Puts it into words.
   *
   * @param words how durations are written
   */
  public static WhyText of(WhyView why, Instant now, Function<Duration, String> words) {
    List<Section> sections = new ArrayList<>();
    List<String> symptoms =
        why.symptoms().stream().flatMap(held -> lines(held, now, words)).toList();
    sections.add(Section.of("symptoms", symptoms, "none"));
    sections.add(Section.of("nearly", nearly(why.nearMisses()), "nothing"));
    List<String> would =
        why.would().stream().map(each -> each.action() + ": " + each.verdict()).toList();
    sections.add(Section.of("would do", would, "nothing"));
    if (!why.gaps().isEmpty()) {
      List<String> gaps =
          why.gaps().stream().map(gap -> gap.aspect() + ": " + gap.reason()).toList();
      sections.add(new Section("not seen", gaps));
    }
    return new WhyText(why.comm() + "[" + why.pid() + "]", why.does(), sections);
  }

  /**
   * All of it, line by line.
   *
   * @param mark stands before what is under a heading
   */
  public List<String> lines(String mark) {
    List<String> lines = new ArrayList<>(List.of(title));
    lines.addAll(does);
    for (Section section : sections) {
      lines.add(section.heading() + ":");
      section.lines().forEach(line -> lines.add(mark + " " + line));
    }
    return lines;
  }

  private static Stream<String> lines(
      WhyView.Held held, Instant now, Function<Duration, String> words) {
    String about = held.about() == null ? "" : " of " + held.about();
    String lasts = words.apply(Duration.between(held.since(), now));
    return Stream.of(
            Stream.of(held.name() + about + " for " + lasts + ", since " + held.since()),
            Stream.of("  by rule \"" + held.rule() + "\""),
            values("  began with ", held.because()),
            values("  now ", held.now()),
            held.leadsTo().stream().map(next -> leads(next, words)))
        .flatMap(Function.identity());
  }

  private static Stream<String> values(String intro, List<String> values) {
    return values.isEmpty() ? Stream.empty() : Stream.of(intro + String.join(", ", values));
  }

  private static String leads(WhyView.LeadsTo next, Function<Duration, String> words) {
    String after = words.apply(Duration.ofSeconds(next.afterSeconds()));
    return "  leads to " + next.diagnosis() + " after " + after;
  }

  /** A line for each rule, with all that is missing. */
  private static List<String> nearly(List<NearMiss> misses) {
    Map<String, List<String>> byRule = new LinkedHashMap<>();
    misses.forEach(
        miss ->
            byRule
                .computeIfAbsent(miss.rule(), rule -> new ArrayList<>())
                .add(miss.field() + " is " + miss.value() + ", needs " + miss.needs()));
    return byRule.entrySet().stream()
        .map(each -> each.getKey() + ": " + String.join("; ", each.getValue()))
        .toList();
  }
}

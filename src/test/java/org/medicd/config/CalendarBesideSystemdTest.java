package org.medicd.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medicd.lab.Program;
import org.medicd.lab.Result;

/** The same expressions, read by us and by systemd: what is one, and when does it elapse? */
@Tag("once")
class CalendarBesideSystemdTest {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final int ITERATIONS = 6;

  /** More of ours than of systemd's are those of hours in which the clocks were changed. */
  private static final int MOST = 1_000;

  private static final Pattern FAILED =
      Pattern.compile("(?m)^Failed to parse calendar specification '(.*)': ");

  /** It found no time in so many steps: nothing to compare with. */
  private static final Pattern GIVEN_UP =
      Pattern.compile("(?m)^Failed to determine next elapse for '(.*)': Resource deadlock");

  private static final Pattern TIME =
      Pattern.compile(
          "^ *(?:Next elapse|Iter\\. #\\d+|\\(in UTC\\)): "
              + "(?:never|\\w{3} (\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d) (\\S+))$");
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  @BeforeAll
  static void needsSystemdAnalyze() {
    String question = "systemd-analyze calendar --iterations=1 --base-time=@0 daily";
    NeedsProgram.that(question, "systemd-analyze of systemd 244 or later");
  }

  /** What systemd makes of one expression; null: that it is none. */
  private static Map<String, @Nullable List<Instant>> systemd(
      Set<String> texts, Instant base, ZoneId host) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "TZ=" + host,
                "LC_ALL=C",
                "systemd-analyze",
                "calendar",
                "--iterations=" + ITERATIONS,
                "--base-time=@" + base.getEpochSecond(),
                "--"));
    command.addAll(texts);
    Result result = Program.run(Duration.ofSeconds(60), command);
    Set<String> failed = new LinkedHashSet<>();
    for (Matcher m = FAILED.matcher(result.err()); m.find(); ) {
      failed.add(m.group(1));
    }
    List<List<Instant>> blocks = new ArrayList<>();
    for (String line : result.out().split("\n", -1)) {
      if (line.startsWith("Normalized form:")) {
        blocks.add(new ArrayList<>());
      } else if (!blocks.isEmpty()) {
        time(line, blocks.get(blocks.size() - 1));
      }
    }
    Set<String> given = new LinkedHashSet<>();
    for (Matcher m = GIVEN_UP.matcher(result.err()); m.find(); ) {
      given.add(m.group(1));
    }
    List<String> good =
        texts.stream().filter(text -> !failed.contains(text) && !given.contains(text)).toList();
    assertThat(blocks).as(result.err()).hasSameSizeAs(good);
    Map<String, @Nullable List<Instant>> found = new LinkedHashMap<>();
    texts.stream().filter(failed::contains).forEach(text -> found.put(text, null));
    for (int i = 0; i < good.size(); i++) {
      found.put(good.get(i), blocks.get(i));
    }
    return found;
  }

  /** Where it is told in a local zone, a line with the same in UTC follows. */
  private static void time(String line, List<Instant> found) {
    Matcher time = TIME.matcher(line);
    if (time.matches() && "UTC".equals(time.group(2))) {
      found.add(LocalDateTime.parse(time.group(1), LOCAL).toInstant(ZoneOffset.UTC));
    }
  }

  /** What we make of it, as far as systemd went; null: that it is none. */
  private static @Nullable List<Instant> own(
      String text, Instant base, ZoneId host, @Nullable List<Instant> systemd) {
    CalendarExpression expression;
    try {
      expression = CalendarExpression.parse(text);
    } catch (Unfit e) {
      return null;
    }
    Instant last =
        systemd == null || systemd.size() < ITERATIONS
            ? Instant.MAX
            : systemd.get(systemd.size() - 1);
    List<Instant> times = new ArrayList<>();
    Instant at = expression.next(base, host);
    while (at != null && !at.truncatedTo(ChronoUnit.SECONDS).isAfter(last)) {
      times.add(at.truncatedTo(ChronoUnit.SECONDS));
      at = times.size() > MOST ? null : expression.next(at, host);
    }
    return times;
  }

  private static void compare(Set<String> texts, Instant base, ZoneId host) {
    Map<String, String> differences = new LinkedHashMap<>();
    systemd(texts, base, host)
        .forEach(
            (text, systemd) -> {
              List<Instant> own = own(text, base, host, systemd);
              String said = difference(own, systemd, zoneOf(text, host));
              if (said != null) {
                differences.put(text, said);
              }
            });
    assertThat(differences).as("after %s, host in %s", base, host).isEmpty();
  }

  private static ZoneId zoneOf(String text, ZoneId host) {
    try {
      return CalendarExpression.parse(text).zone(host);
    } catch (Unfit e) {
      return host;
    }
  }

  /** All of systemd's times must be ours, and ours systemd's but for hours of changed clocks. */
  private static @Nullable String difference(
      @Nullable List<Instant> own, @Nullable List<Instant> systemd, ZoneId zone) {
    if (own == null || systemd == null) {
      return own == systemd ? null : "we say " + own + ", systemd " + systemd;
    }
    Set<Instant> more = new LinkedHashSet<>(own);
    systemd.forEach(more::remove);
    more.removeIf(time -> isOfChangedClocks(time, zone));
    Set<Instant> less = new LinkedHashSet<>(systemd);
    own.forEach(less::remove);
    return more.isEmpty() && less.isEmpty() ? null : "too many: " + more + ", missing: " + less;
  }

  private static boolean isOfChangedClocks(Instant time, ZoneId zone) {
    ZoneOffsetTransition last = zone.getRules().previousTransition(time.plusSeconds(1));
    boolean forward = last != null && last.isGap() && last.getInstant().equals(time);
    LocalDateTime local = LocalDateTime.ofInstant(time, zone);
    return forward || zone.getRules().getValidOffsets(local).size() > 1;
  }

  /** Some moment, most often within hours of a change of the zone's clocks. */
  private static Instant moment(ZoneId zone, Random random) {
    Instant some =
        Instant.parse("2024-01-01T00:00:00Z").plusSeconds(random.nextInt(8 * 365 * 86_400));
    ZoneOffsetTransition change = zone.getRules().nextTransition(some);
    return change == null || random.nextInt(4) == 0
        ? some
        : change.getInstant().plusSeconds(random.nextInt(8 * 3_600) - 4 * 3_600);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void elapsesWhenSystemdDoes(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 6; round++) {
      ZoneId host = ZoneId.of(WrittenCalendars.zone(random));
      Instant base = moment(host, random);
      Set<String> texts = new LinkedHashSet<>();
      while (texts.size() < 25) {
        texts.add(WrittenCalendars.any(random));
      }
      compare(texts, base, host);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void takesWhatSystemdTakesAndNothingElse(long seed) {
    Random random = new Random(seed);
    Set<String> texts = new LinkedHashSet<>();
    while (texts.size() < 150) {
      texts.add(WrittenCalendars.mutated(WrittenCalendars.any(random), random));
    }
    compare(texts, Instant.parse("2026-03-01T00:00:00Z"), UTC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // what the manual shows
        "Thu,Fri 2012-*-1,5 11:12:13",
        "Sat,Thu,Mon..Wed,Sat..Sun",
        "Mon,Sun 12-*-* 2,1:23",
        "Wed, 17:48",
        "Wed..Sat,Tue 30-10-15 1:2:3",
        "10-15",
        "12..14:10,20,30",
        "mon,fri *-1/2-1,3 *:30:45",
        "05:40:23.4200004/3.1700005",
        "2003-02..04-05",
        "weekly Pacific/Auckland",
        "*:2/3",
        "*-02~03",
        "Mon *-05~07/1",
        // days from the end of a month, and their steps
        "*-*~1..6/4",
        "*-*~20..28/5",
        "*-*~28/27",
        "*-*~28/28",
        "*-*~29",
        "*-02~28",
        "*-*~*",
        // days that there are not
        "*-02-29",
        "*-02-30",
        "2026-02-29",
        "*-*-31",
        // the ends of ranges and of what is allowed
        "23/1:00",
        "22/1:00",
        "1..3/5:00",
        "5..1:00",
        "Fri..Mon",
        "0:0:3..3",
        "0:0:1.9999999",
        "0:0:59.9999999",
        "69-1-1",
        "70-1-1",
        "2199-12-31 23:59:59",
        "2200-1-1",
        "@1774569600",
        "Mon @1774569600",
        // what is nearly one
        " 10:00",
        "10:00 ",
        "10:0  UTC",
        "Mon ",
        "Mon , Tue 1:00",
        "1..*:0",
        "*/2:00",
        "24:00",
        "10:0 +02:00",
        "2026-03-29T10:00",
        "10:0 europe/berlin",
        "10:0 EST",
        ""
      })
  void agreesOnWhatIsHardToTell(String text) {
    compare(Set.of(text), Instant.parse("2026-03-01T00:00:00Z"), UTC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*-*-* 02:30", "*:00/20", "*-*-* 02:00..59/30", "Sun *-*~7/1 02:30:30", "hourly"})
  void agreesWhenTheClocksAreChanged(String text) {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    for (String day : List.of("2026-03-28T22:10:00Z", "2026-10-24T23:50:00Z")) {
      for (int minute = 0; minute < 360; minute += 20) {
        compare(Set.of(text), Instant.parse(day).plusSeconds(60L * minute), berlin);
      }
    }
  }
}

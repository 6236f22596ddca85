package org.medicd.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.medicd.fact.Unit;
import org.medicd.lab.JournalOfFailure;
import org.medicd.lab.NeedsSystemd;
import org.medicd.lab.SystemdLab;

/** What is told of units that go with another is what systemd then does with them. */
@NeedsSystemd
@Tag("once")
class UnitTiesIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Whether and how each unit of the tests hangs on the store. */
  private static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("t-required", "Requires=t-store.service\nAfter=t-store.service"),
              Map.entry("t-unordered", "Requires=t-store.service"),
              Map.entry("t-requisite", "Requisite=t-store.service\nAfter=t-store.service"),
              Map.entry("t-bound", "BindsTo=t-store.service\nAfter=t-store.service"),
              Map.entry("t-part", "PartOf=t-store.service"),
              Map.entry("t-stopped", "StopPropagatedFrom=t-store.service"),
              Map.entry("t-wanting", "Wants=t-store.service\nAfter=t-store.service"),
              Map.entry("t-second", "Requires=t-required.service\nAfter=t-required.service"),
              Map.entry("t-third", "PartOf=t-stopped.service"),
              Map.entry("t-idle", "Requires=t-store.service"),
              Map.entry("t-rival", ""),
              Map.entry("t-fan", "PartOf=t-rival.service")));

  private static SystemdLab lab;
  private SystemdBus systemd;
  private UnitWatch watch;

  @RegisterExtension final JournalOfFailure journal = new JournalOfFailure(() -> lab);

  @BeforeAll
  static void boot() {
    lab = SystemdLab.boot();
    lab.unitFile("t-store.service", "[Service]", "ExecStart=/bin/sleep 1000");
    SETTINGS.forEach(
        (name, settings) ->
            lab.unitFile(
                name + ".service", "[Unit]", settings, "[Service]", "ExecStart=/bin/sleep 1000"));
    lab.unitFile(
        "t-new.service",
        "[Unit]",
        "Conflicts=t-rival.service",
        "[Service]",
        "ExecStart=/bin/sleep 1000");
  }

  @AfterAll
  static void end() {
    lab.close();
  }

  @BeforeEach
  void begin() {
    systemd = new SystemdBus(lab.busAddress());
    watch = new UnitWatch(systemd, Duration.ofSeconds(1), LIMIT);
    lab.systemctl("start", "t-store.service");
    SETTINGS.keySet().stream()
        .filter(name -> !name.equals("t-idle"))
        .forEach(name -> lab.systemctl("start", name + ".service"));
  }

  @AfterEach
  void close() {
    watch.close();
    systemd.close();
    lab.systemctl("stop", "t-*");
  }

  private Unit.Ties ties(String name) {
    Unit unit = watch.current().get(name);
    return unit == null ? Unit.Ties.UNKNOWN : unit.ties();
  }

  private Unit.Ties awaitTies(String name) {
    watch.watch(Set.of(name));
    await().atMost(LIMIT).until(() -> ties(name).stopsToo() != null);
    return ties(name);
  }

  /** Of each unit of the tests that is up: changes with every start. */
  private static Map<String, String> invocations() {
    return SETTINGS.keySet().stream()
        .map(name -> name + ".service")
        .filter(name -> show("ActiveState", name).equals("active"))
        .collect(Collectors.toMap(name -> name, name -> show("InvocationID", name)));
  }

  private static String show(String property, String name) {
    return lab.systemctl("show", "--value", "-p", property, name);
  }

  /** Those that are down now, or were started anew. */
  private static Set<String> changedSince(Map<String, String> before) {
    Map<String, String> now = invocations();
    return before.keySet().stream()
        .filter(name -> !String.valueOf(before.get(name)).equals(now.get(name)))
        .collect(Collectors.toSet());
  }

  @Test
  void aRestartRestartsWhatWasToldAndNothingElse() {
    Unit.Ties told = awaitTies("t-store.service");
    Map<String, String> before = invocations();
    lab.systemctl("restart", "t-store.service");
    assertThat(told.restartsToo())
        .containsExactly(
            "t-bound.service",
            "t-part.service",
            "t-required.service",
            "t-requisite.service",
            "t-second.service",
            "t-unordered.service");
    assertThat(changedSince(before)).isEqualTo(Set.copyOf(orNone(told.restartsToo())));
  }

  @Test
  void aStopStopsWhatWasToldAndNothingElse() {
    Unit.Ties told = awaitTies("t-store.service");
    Map<String, String> before = invocations();
    lab.systemctl("stop", "t-store.service");
    assertThat(told.stopsToo()).contains("t-stopped.service", "t-third.service").hasSize(8);
    assertThat(changedSince(before)).isEqualTo(Set.copyOf(orNone(told.stopsToo())));
    assertThat(told.startStops()).isEmpty();
  }

  @Test
  void aStartStopsWhatWasToldAndNothingElse() {
    Unit.Ties told = awaitTies("t-new.service");
    Map<String, String> before = invocations();
    lab.systemctl("start", "t-new.service");
    assertThat(told.startStops()).containsExactly("t-fan.service", "t-rival.service");
    assertThat(changedSince(before)).isEqualTo(Set.copyOf(orNone(told.startStops())));
  }

  @Test
  void followsWhatStopsStartsIsLoadedAndIsWrittenAnew() {
    awaitTies("t-rival.service");
    assertThat(ties("t-rival.service").stopsToo()).containsExactly("t-fan.service");
    lab.systemctl("stop", "t-fan.service");
    await().until(() -> List.of().equals(ties("t-rival.service").stopsToo()));

    lab.run(
            LIMIT,
            "systemd-run",
            "--unit=t-loaded.service",
            "--property=Requires=t-rival.service",
            "sleep",
            "1000")
        .expectSuccess();
    await().until(() -> List.of("t-loaded.service").equals(ties("t-rival.service").stopsToo()));
    lab.systemctl("stop", "t-loaded.service");
    await().until(() -> List.of().equals(ties("t-rival.service").stopsToo()));

    lab.unitFile("t-wanting.service.d/more.conf", "[Unit]", "BindsTo=t-rival.service");
    try {
      await().until(() -> List.of("t-wanting.service").equals(ties("t-rival.service").stopsToo()));
    } finally {
      lab.run(LIMIT, "rm", "-r", "/etc/systemd/system/t-wanting.service.d").expectSuccess();
      lab.systemctl("daemon-reload");
    }
    await().until(() -> List.of().equals(ties("t-rival.service").stopsToo()));
  }

  @Test
  void hundredsThatHangOnOneAreAllKnown() {
    lab.unitFile(
        "t-many@.service",
        "[Unit]",
        "PartOf=t-store.service",
        "[Service]",
        "Type=oneshot",
        "RemainAfterExit=yes",
        "ExecStart=/bin/true");
    String all =
        IntStream.range(0, 300)
            .mapToObj(i -> "t-many@" + i + ".service")
            .collect(Collectors.joining(" "));
    lab.run(Duration.ofSeconds(60), "sh", "-c", "systemctl start " + all).expectSuccess();
    assertThat(awaitTies("t-store.service").stopsToo()).hasSize(308);
  }

  private static List<String> orNone(@Nullable List<String> names) {
    return names == null ? List.of() : names;
  }
}

package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medicd.act.Actions;
import org.medicd.act.Actuator;
import org.medicd.collect.FakeClock;
import org.medicd.collect.ProcFolder;
import org.medicd.collect.census.Census;
import org.medicd.collect.census.CensusSettings;
import org.medicd.collect.census.NumaNodes;
import org.medicd.config.ConfigReader;
import org.medicd.config.Settings;
import org.medicd.evidence.EvidenceShelf;
import org.medicd.guard.Guards;
import org.medicd.guard.Ledger;
import org.medicd.guard.Standpoint;
import org.medicd.incident.Incidents;
import org.medicd.linux.Kernel;
import org.medicd.linux.proc.HeldStats;
import org.medicd.linux.systemd.SystemdBus;
import org.medicd.linux.systemd.UnitWatch;
import org.medicd.notify.Dispatcher;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Incident;
import org.medicd.plan.IncidentState;
import org.medicd.plan.Intent;
import org.medicd.plan.Mode;
import org.medicd.plan.Outcome;
import org.medicd.plan.Report;
import org.medicd.plan.Severity;
import org.medicd.plan.Step;
import org.medicd.plan.Verdict;
import org.medicd.record.Journal;
import org.medicd.record.Store;
import org.medicd.record.StoreSettings;
import org.medicd.rule.RulePack;

/** The whole pipeline on a folder that looks like /proc, second by second on a passed clock. */
@SuppressWarnings("NullAway.Init") // begin() is the first line of each test
class PipelineTest {
  private static final int MEDICD = 99;
  private static final int BURNER = 4242;
  private static final long TICKS = Kernel.ticksPerSecond();

  @TempDir Path folder;

  private final FakeClock clock = new FakeClock();
  private final List<String> acted = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private ProcFolder proc;
  private Tick tick;
  private Recorder recorder;
  private long busy;

  /** Writes down what it is asked for: the pids of a captured tree are somebody else's here. */
  private final class Notebook implements Actuator {
    @Override
    public Set<Kind> kinds() {
      return Set.of(Kind.values());
    }

    @Override
    public Duration deadline() {
      return Duration.ofSeconds(1);
    }

    @Override
    public Report act(Intent intent) {
      acted.add(intent.action().label() + " " + intent.targets());
      return new Report(intent.incident(), intent.rung(), new Outcome.Done("noted"), null);
    }
  }

  /** Runs what it is given before it returns: the clock of this test does not wait for threads. */
  private static final class AtOnce extends AbstractExecutorService {
    @Override
    public void execute(Runnable work) {
      work.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }

  private <T extends AutoCloseable> T closing(T closeable) {
    open.add(0, closeable);
    return closeable;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private void begin(Mode mode) throws Exception {
    begin(Settings.defaults().withMode(mode));
  }

  private void begin(Settings settings) throws Exception {
    proc = new ProcFolder(folder);
    RulePack pack =
        Objects.requireNonNull(
            RulePack.compile(List.of(Path.of("rules")), settings.rules().limits()).pack());
    HeldStats held = closing(new HeldStats(64));
    CensusSettings what =
        new CensusSettings(
            Duration.ofSeconds(1),
            256 << 20,
            Duration.ofMinutes(10),
            MEDICD,
            Files.writeString(folder.resolve("passwd"), ""),
            new NumaNodes(Map.of()));
    Census census = closing(new Census(proc.root(), held, what, clock, clock, Map::of, List.of()));
    SystemdBus nobody = closing(new SystemdBus("unix:path=" + folder.resolve("no-bus")));
    UnitWatch units = closing(new UnitWatch(nobody, Duration.ofHours(1), Duration.ofSeconds(1)));
    Path runtime = Files.createDirectory(folder.resolve("run"));
    Path state = Files.createDirectory(folder.resolve("state"));
    Journal journal =
        closing(Journal.begin(runtime, "boot", List.of(), Map.of(), () -> Duration.ZERO));
    Store store =
        closing(new Store(StoreSettings.of(state, Duration.ofDays(30), 1L << 28), clock, Set.of()));
    Path evidence = state.resolve("evidence");
    EvidenceShelf shelf = new EvidenceShelf(evidence, Duration.ofDays(30), 1L << 30);
    Slices slices = closing(new Slices(runtime.resolve("flight"), evidence, shelf, clock));
    recorder = new Recorder(journal, store, slices, List.of());
    Stages stages =
        new Stages(
            census,
            new Incidents(),
            closing(new Actions(List.of(new Notebook()), new AtOnce())),
            closing(new Leases(process -> true, nobody)),
            new StandingOrders(
                new Folders(state, runtime, state), clock, () -> clock.millis() * 1_000_000),
            units,
            recorder,
            closing(new Dispatcher(List.of(), pause -> {})),
            "host",
            closing(LoadedRules.of(pack, settings, settings.tick())),
            rule -> {},
            new Guards(settings, new Ledger(), new Standpoint(MEDICD, ZoneOffset.UTC)),
            new InForce(settings));
    tick = new Tick(stages, new Announcer(), seen -> {}, (seen, deeds) -> {});
  }

  /** Seconds in which the burner has a core to itself and the other CPU is busy as well. */
  private void burn(int seconds) {
    for (int i = 0; i < seconds; i++) {
      busy += TICKS;
      proc.write(
          "stat",
          "cpu %d 0 0 0 0 0 0 0\ncpu0 0 0 0 0\ncpu1 0 0 0 0\nbtime 1000\nprocs_running 1\n"
              .formatted(2 * busy));
      proc.process(BURNER).comm("burner").state('R').ticks(busy).put();
      pass();
    }
  }

  private void pass() {
    clock.advance(Duration.ofSeconds(1));
    tick.run();
  }

  private Incident only() {
    assertThat(recorder.recent()).hasSize(1);
    return recorder.recent().get(0);
  }

  @Test
  void aRunawayIsTreatedRungByRungAndTheJournalKnowsIt() throws Exception {
    begin(Mode.ACT);
    burn(90);
    assertThat(only().diagnosis()).isEqualTo("cpu-runaway");
    assertThat(acted.subList(0, 3))
        .containsExactly("capture [pid 4242]", "term [pid 4242]", "kill [pid 4242]");
    proc.remove(String.valueOf(BURNER));
    pass();
    pass();
    Journal.Restored kept = Journal.restore(folder.resolve("run"), "boot");
    assertThat(kept.incidents()).hasSize(1);
    assertThat(kept.incidents().get(0).state()).isEqualTo(IncidentState.RECOVERED);
  }

  @Test
  void inObserveModeTheLadderIsOnlyRehearsed() throws Exception {
    begin(Mode.OBSERVE);
    burn(160);
    assertThat(acted).containsExactly("page [pid 4242]");
    assertThat(only().steps())
        .filteredOn(step -> step.action().kind() != Kind.PAGE)
        .extracting(Step::verdict)
        .hasAtLeastOneElementOfType(Verdict.Rehearsed.class)
        .doesNotHaveAnyElementsOfTypes(Verdict.Allowed.class);
    assertThat(only().state()).isEqualTo(IncidentState.EXHAUSTED);
  }

  @Test
  void theBreakerIsToldOfOnceWhenItOpensAndOnceWhenItCloses() throws Exception {
    begin(ConfigReader.parse("", "mode: act\nbudget: { per-host: 0/2m }\n").settings());
    burn(150);
    assertThat(acted).containsExactly("capture [pid 4242]");
    assertThat(recorder.recent())
        .extracting(Incident::diagnosis)
        .containsExactlyInAnyOrder("cpu-runaway", "breaker-open");
    proc.process(BURNER).comm("burner").ticks(busy).put();
    for (int i = 0; i < 60; i++) {
      pass();
    }
    assertThat(recorder.recent())
        .extracting(Incident::diagnosis)
        .containsExactlyInAnyOrder("cpu-runaway", "breaker-open", "breaker-closed");
  }

  @Test
  void aMaintenanceWindowIsToldOfOnceAndWhatWaitedForItsEndGoesOn() throws Exception {
    String yaml =
        """
        mode: act
        maintenance:
          - { name: patches, calendar: "2026-01-01 00:01 UTC", for: 2m, match: [cpu-runaway] }
        """;
    begin(ConfigReader.parse("", yaml).settings());
    burn(50);
    assertThat(recorder.recent()).isEmpty();
    burn(110);
    assertThat(acted).isEmpty();
    assertThat(recorder.recent())
        .extracting(Incident::diagnosis, Incident::severity, Incident::because)
        .contains(
            tuple(
                "maintenance-begun",
                Severity.INFO,
                List.of(
                    "maintenance window \"patches\" until 2026-01-01T00:03:00Z, for"
                        + " cpu-runaway")))
        .hasSize(2);
    assertThat(incident("cpu-runaway").steps())
        .extracting(step -> step.verdict().words())
        .containsExactly(
            "refused by maintenance: maintenance window \"patches\" until 2026-01-01T00:03:00Z: it"
                + " only observes");
    burn(30);
    assertThat(acted.subList(0, 2)).containsExactly("capture [pid 4242]", "term [pid 4242]");
    assertThat(recorder.recent())
        .extracting(Incident::diagnosis)
        .containsExactlyInAnyOrder("cpu-runaway", "maintenance-begun", "maintenance-ended");
  }

  private Incident incident(String diagnosis) {
    return recorder.recent().stream()
        .filter(each -> each.diagnosis().equals(diagnosis))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anIdleHostHasNoIncidents() throws Exception {
    begin(Mode.ACT);
    proc.process(BURNER).comm("idle").put();
    for (int i = 0; i < 120; i++) {
      pass();
    }
    assertThat(recorder.recent()).isEmpty();
  }
}

package org.medicd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.medicd.act.Actions;
import org.medicd.act.Actuator;
import org.medicd.collect.FakeClock;
import org.medicd.collect.ProcFolder;
import org.medicd.collect.census.Census;
import org.medicd.collect.census.CensusSettings;
import org.medicd.collect.census.NumaNodes;
import org.medicd.config.Alerts;
import org.medicd.config.Settings;
import org.medicd.daemon.chronicle.Entry;
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
import org.medicd.notify.Receipts;
import org.medicd.plan.Action.Kind;
import org.medicd.plan.Incident;
import org.medicd.plan.Intent;
import org.medicd.plan.Mode;
import org.medicd.plan.Outcome;
import org.medicd.plan.Report;
import org.medicd.record.Journal;
import org.medicd.record.Store;
import org.medicd.record.StoreSettings;
import org.medicd.rule.RulePack;

/** The whole pipeline on a folder that looks like /proc, second by second on a passed clock. */
@SuppressWarnings("NullAway.Init") // begin() comes first
final class Pipeline implements AutoCloseable {
  private static final int MEDICD = 99;
  static final int BURNER = 4242;
  private static final long TICKS = Kernel.ticksPerSecond();

  private final Path folder;
  final FakeClock clock = new FakeClock();
  final List<String> acted = new ArrayList<>();
  final List<Entry> told = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  ProcFolder proc;
  Tick tick;
  Recorder recorder;
  Stages stages;
  private long busy;
  private long rested;

  Pipeline(Path folder) {
    this.folder = folder;
  }

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

  @Override
  public void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  void begin(Mode mode) throws Exception {
    begin(Settings.defaults().withMode(mode));
  }

  void begin(Settings settings) throws Exception {
    begin(settings, Path.of("rules"));
  }

  /**
   * @param rules the folder of the rules
   */
  void begin(Settings settings, Path rules) throws Exception {
    proc = new ProcFolder(folder);
    RulePack pack =
        Objects.requireNonNull(RulePack.compile(List.of(rules), settings.rules().limits()).pack());
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
    stages =
        new Stages(
            census,
            new Incidents(),
            closing(new Actions(List.of(new Notebook()), new AtOnce())),
            closing(new Leases(process -> true, nobody)),
            new StandingOrders(new Folders(state, runtime, state), clock, clock),
            units,
            recorder,
            closing(new Dispatcher(List.of(), Alerts.NONE, ZoneOffset.UTC, Receipts.NONE, clock)),
            told::add,
            "host",
            closing(LoadedRules.of(pack, settings, settings.tick())),
            rule -> {},
            new Guards(settings, new Ledger(), new Standpoint(MEDICD, ZoneOffset.UTC)),
            new InForce(settings));
    tick = new Tick(stages, new Announcer(), seen -> {}, (seen, deeds) -> {});
  }

  /** Seconds in which the burner has a core to itself and the other CPU is busy as well. */
  void burn(int seconds) {
    for (int i = 0; i < seconds; i++) {
      burn(Duration.ofSeconds(1), 1);
    }
  }

  /**
   * No tick for so long.
   *
   * @param burned seconds of CPU time that the burner had meanwhile: none where all stood still
   */
  void burn(Duration unseen, int burned) {
    busy += burned * TICKS;
    writeStat();
    proc.process(BURNER).comm("burner").state('R').ticks(busy).put();
    pass(unseen);
  }

  /** Seconds until it was sent that. */
  int secondsUntil(String action) {
    int seconds = 0;
    while (acted.stream().noneMatch(each -> each.startsWith(action + " "))) {
      burn(1);
      seconds++;
      if (seconds > 300) {
        throw new AssertionError("no " + action + " but " + acted);
      }
    }
    return seconds;
  }

  private void writeStat() {
    proc.write(
        "stat",
        "cpu %d 0 0 %d 0 0 0 0\ncpu0 0 0 0 0\ncpu1 0 0 0 0\nbtime 1000\nprocs_running 1\n"
            .formatted(2 * busy, rested));
  }

  /** A second in which the burner rests. */
  void idle() {
    rested += 2 * TICKS;
    writeStat();
    proc.process(BURNER).comm("burner").ticks(busy).put();
    pass();
  }

  void pass() {
    pass(Duration.ofSeconds(1));
  }

  private void pass(Duration time) {
    clock.advance(time);
    tick.run();
  }

  Incident only() {
    assertThat(recorder.recent()).hasSize(1);
    return recorder.recent().get(0);
  }
}

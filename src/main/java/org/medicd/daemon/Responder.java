package org.medicd.daemon;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.medicd.act.Actions;
import org.medicd.act.chore.ChoreActuator;
import org.medicd.api.ApiServer;
import org.medicd.api.Reply;
import org.medicd.collect.census.Census;
import org.medicd.collect.census.CensusSettings;
import org.medicd.collect.census.NumaNodes;
import org.medicd.config.Settings;
import org.medicd.daemon.chronicle.Chronicle;
import org.medicd.evidence.EvidenceShelf;
import org.medicd.fact.Snapshot;
import org.medicd.guard.Guards;
import org.medicd.guard.Ledger;
import org.medicd.guard.Standpoint;
import org.medicd.incident.Incidents;
import org.medicd.linux.AdminPrograms;
import org.medicd.linux.Kernel;
import org.medicd.linux.NotifySocket;
import org.medicd.linux.Programs;
import org.medicd.linux.TrustedPrograms;
import org.medicd.linux.netlink.ConnectorOnDemand;
import org.medicd.linux.netlink.ProcessEvents;
import org.medicd.linux.proc.HeldStats;
import org.medicd.linux.systemd.SystemdBus;
import org.medicd.linux.systemd.UnitWatch;
import org.medicd.notify.Dispatcher;
import org.medicd.record.Journal;
import org.medicd.record.Store;
import org.medicd.record.StoreSettings;
import org.medicd.record.flight.FlightHead;
import org.medicd.record.flight.FlightRecorder;
import org.medicd.rule.RulePack;

/** A whole daemon: builds the stages, runs the loop, and takes everything down in order. */
public final class Responder {
  private static final System.Logger LOG = System.getLogger(Responder.class.getName());
  private static final Path PROC = Path.of("/proc");
  private static final Duration BUS_DEADLINE = Duration.ofSeconds(3);
  private static final Duration LAST_MAILS = Duration.ofSeconds(3);

  private final Options options;
  private final Settings settings;
  private final RulePack pack;
  private final NotifySocket notifySocket;
  private final InstantSource clock = InstantSource.system();
  private final int self = Math.toIntExact(ProcessHandle.current().pid());
  private final Standpoint standpoint = new Standpoint(self, ZoneId.systemDefault());
  private final AtomicReference<@Nullable Loop> running = new AtomicReference<>();
  private volatile boolean stopping;
  private final AtomicReference<@Nullable View> view = new AtomicReference<>();

  /**
   * @param settings without a problem
   * @param pack compiled rules
   */
  public Responder(Options options, Settings settings, RulePack pack, NotifySocket notifySocket) {
    this.options = options;
    this.settings = settings;
    this.pack = pack;
    this.notifySocket = notifySocket;
  }

  /**
   * Watches until {@link #stop}.
   *
   * @param onReady called once it watches
   */
  public void run(Runnable onReady) throws IOException, InterruptedException {
    Folders folders = options.folders();
    folders.create();
    ApiServer.removeLeftover(folders.runtime()); // journal and leases are its own while one runs
    Instant now = clock.instant();
    Leftovers.Now begin = new Leftovers.Now(now, Kernel.sinceBoot());
    String boot = Kernel.bootId();
    Journal.Restored kept = Journal.restore(folders.runtime(), boot);
    Leftovers leftovers = Leftovers.of(kept, begin);
    InForce inForce = new InForce(settings);
    Programs programs = new Programs(TrustedPrograms.ofThisHost());
    Channels channels =
        new Channels(
            new AdminPrograms(programs),
            () -> inForce.settings().actions().exec(),
            new FrontDesk(view::get, hostName()),
            clock);

    try (HeldStats held = HeldStats.withinOpenFilesLimit();
        SystemdBus systemd = new SystemdBus();
        UnitWatch units = new UnitWatch(systemd, settings.tick(), BUS_DEADLINE);
        ConnectorOnDemand births = new ConnectorOnDemand(System::nanoTime);
        Census census = census(held, units, births, inForce);
        Journal journal =
            Journal.begin(
                folders.runtime(), boot, leftovers.all(), leftovers.beside(), Kernel::sinceBoot);
        Store store = new Store(storeSettings(folders), clock, leftovers.ids());
        Chronicle chronicle = Chronicle.ofThisHost(folders.alertLog(System.getenv()), clock);
        FlightRecorder flight =
            new FlightRecorder(Folders.flight(folders.runtime()), head(boot, now));
        Leases leases = new Leases(new SameAsEver(held, PROC), systemd);
        Slices slices =
            new Slices(
                Folders.flight(folders.runtime()), folders.evidence(), shelf(folders), clock);
        Outgoing outgoing = new Outgoing(store, chronicle, clock, hostName(), settings.mode());
        Dispatcher dispatcher =
            new Dispatcher(
                channels.of(settings.alerts()),
                settings.alerts(),
                ZoneId.systemDefault(),
                outgoing,
                clock)) {
      outgoing.begin(dispatcher, kept);
      leftovers.ended().forEach(store::put);
      chronicle.tellOfEnds(leftovers.withdrawn(), now);
      Ledger ledger = new Ledger();
      leftovers.enterInto(ledger, begin);
      Incidents incidents = new Incidents();
      incidents.avoid(leftovers.ids());
      incidents.restore(leftovers.open(), Duration.ZERO);
      incidents.letGo(Duration.ZERO, each -> true);
      leases.undo(incidents.takeReleases());
      Announcer announcer = new Announcer();
      announcer.restore(leftovers.open(), leftovers.told(), Duration.ZERO, begin.at());

      RuleMark mark = RuleMark.in(folders.runtime());
      RulePack fit = mark.fit(pack);

      AtomicReference<@Nullable Snapshot> seen = new AtomicReference<>();
      ChoreActuator chores =
          new ChoreActuator(
              systemd,
              programs,
              folders.runtime(),
              () -> inForce.settings().actions().vacuum(),
              clock);
      chores.turnSwapOn();
      try (Actions actions =
              new Actions(
                  Actuators.ofThisHost(
                      new SameAsEver(held, PROC),
                      systemd,
                      leases,
                      chores,
                      programs,
                      folders,
                      () -> inForce.settings().actions(),
                      seen::get));
          Stages stages =
              new Stages(
                  census,
                  incidents,
                  actions,
                  leases,
                  new StandingOrders(folders, clock, System::nanoTime),
                  units,
                  new Recorder(journal, store, slices, leftovers.all()),
                  dispatcher,
                  chronicle,
                  hostName(),
                  LoadedRules.of(fit, settings, settings.tick()),
                  mark,
                  new Guards(settings, ledger, standpoint),
                  inForce)) {
        Tick tick = new Tick(stages, announcer, seen::set, flight::see);
        store.note("started", "medicd, mode " + settings.mode().name().toLowerCase(Locale.ROOT));
        try {
          mark.deadly().ifPresent(rule -> tellOfDeadly(rule, stages));
          watch(stages, tick, held, channels, ledger, mark, fit, flight.hasPast(), onReady);
        } finally {
          tick.letGo();
          leases.close();
          tick.takeUndone();
          tick.recordChanges(clock.instant());
          store.note("stopped", "medicd was asked to");
          dispatcher.close(LAST_MAILS);
        }
      }
    }
  }

  private static void tellOfDeadly(String rule, Stages stages) {
    String why =
        "medicd died twice while the rule \"" + rule + "\" ran: it never ends, or takes too long";
    LOG.log(Level.ERROR, why + "; it is left out until the rules are reloaded");
    String end = "it is left out until the rules are reloaded";
    stages.tellOf("rule-left-out", List.of(why), end, Instant.now());
  }

  /**
   * @param hasRun there may be something to remember of an earlier run
   */
  private void watch(
      Stages stages,
      Tick tick,
      HeldStats held,
      Channels channels,
      Ledger ledger,
      RuleMark mark,
      RulePack fit,
      boolean hasRun,
      Runnable onReady)
      throws IOException, InterruptedException {
    Pulse pulse = new Pulse(notifySocket, tick);
    Loop loop = new Loop(tick::run, settings.tick(), pulse);
    running.set(loop);
    if (stopping) {
      loop.stop();
    }
    Beside beside = Beside.begin(stages, tick, pulse::sinceTick, clock);
    Reload reload =
        new Reload(
            options,
            stages,
            tick,
            newSettings -> new Guards(newSettings, ledger, standpoint),
            channels,
            beside,
            new WarmUp(Folders.flight(options.folders().runtime()), Kernel.bootId(), clock),
            mark);
    RulesWatch rules = new RulesWatch(options.configFile(), stages::settings, reload);
    View answers = new View(stages, tick, held, rules, clock.instant(), beside);
    view.set(answers);
    try (rules;
        beside;
        FirstTickWatch firstTick =
            FirstTickWatch.begin(
                notifySocket.watchdogInterval(), () -> Runtime.getRuntime().halt(1));
        ApiServer api = ApiServer.start(options.folders().runtime(), null, answers)) {
      rules.begin();
      loop.run(
          () -> {
            firstTick.close();
            notifySocket.ready();
            onReady.run();
            if (hasRun) {
              new Thread(() -> reload.remember(fit), "medicd-warm-up").start();
            }
          });
      notifySocket.stopping();
    }
  }

  private FlightHead head(String boot, Instant now) {
    String version = Responder.class.getPackage().getImplementationVersion();
    return new FlightHead(
        version == null ? "unpackaged" : version,
        hostName(),
        boot,
        settings.tick(),
        settings.mode(),
        now);
  }

  private Census census(HeldStats held, UnitWatch units, ProcessEvents births, InForce inForce) {
    CensusSettings what =
        new CensusSettings(
            settings.tick(),
            settings.rules().limits().bytes("memory-leak", "min-rss"),
            Duration.ofMillis(settings.rules().limits().millis("memory-leak", "window")),
            self,
            Path.of("/etc/passwd"),
            NumaNodes.read(Path.of("/sys")));
    return new Census(
        PROC,
        held,
        what,
        System::nanoTime,
        clock,
        units::current,
        Collectors.ofThisHost(units, births, () -> inForce.settings().actions().pools()));
  }

  private EvidenceShelf shelf(Folders folders) {
    org.medicd.config.Store kept = settings.store();
    return new EvidenceShelf(folders.evidence(), kept.retention(), kept.evidenceMaxBytes());
  }

  private StoreSettings storeSettings(Folders folders) {
    return StoreSettings.of(
        folders.state(), settings.store().retention(), settings.store().maxBytes());
  }

  static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the host's name cannot be read: " + e.getMessage());
      return InetAddress.getLoopbackAddress().getHostName();
    }
  }

  /** Asks the daemon to end; it does after the tick that is running. */
  public void stop() {
    stopping = true;
    Loop loop = running.get();
    if (loop != null) {
      loop.stop();
    }
  }

  /** Reads configuration and rules anew; what is wrong with them is logged, and the old go on. */
  public void reload() {
    View answers = view.get();
    if (answers != null) {
      notifySocket.reloading();
      Reply reply = answers.reload("SIGHUP");
      LOG.log(reply.done() ? Level.INFO : Level.WARNING, reply.message());
      notifySocket.ready();
    }
  }
}

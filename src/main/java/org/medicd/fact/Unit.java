package org.medicd.fact;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A systemd unit: a service, socket, mount or timer that is loaded, or another one that owns the
 * subject of an open incident (org.freedesktop.systemd1(5); names of its properties in brackets). A
 * null is a value that is not known, or that this kind of unit does not have.
 *
 * @param name full name, as nginx.service
 * @param activeState active, reloading, inactive, failed, activating, deactivating
 * @param subState finer state, as running, dead, auto-restart; "unknown" by its cgroup alone
 * @param result success, or why it failed: exit-code, signal, timeout, watchdog, oom-kill …
 * @param type of a service: simple, exec, forking, notify, oneshot, dbus; null for other kinds
 * @param mainPid pid of the main process of a service; null without one
 * @param invocationId changes with every start; empty before the first
 * @param stopTimeout TimeoutStopSec; null where it is infinite or the unit has none
 * @param sendSigkill SendSIGKILL
 * @param restarts automatic restarts since the last start by hand [NRestarts]
 * @param source how it is known: "bus" (all of it), "list" (its states alone, of all units at once)
 *     or "cgroups" (the bus is silent: a unit that has processes is taken for active)
 * @param loadState loaded, masked, bad-setting, error, not-found (systemd has no such unit) …
 * @param changedAt when its state last changed [StateChangeTimestamp]
 * @param exitStatus with which its last main process ended by itself [ExecMainStatus]
 * @param exitSignal number of the signal that its last main process died of
 * @param recentRestarts automatic restarts that medicd saw in the last 10 minutes
 * @param recentStarts all starts that medicd saw in the last 10 minutes, by whomever
 * @param allowance what it may use
 * @param ties which units go with it; looked up while an incident is about it
 */
public record Unit(
    String name,
    String activeState,
    String subState,
    @Nullable String result,
    @Nullable String type,
    @Nullable Integer mainPid,
    @Nullable String invocationId,
    @Nullable Duration stopTimeout,
    @Nullable Boolean sendSigkill,
    @Nullable Integer restarts,
    String source,
    @Nullable String loadState,
    @Nullable Instant changedAt,
    @Nullable Integer exitStatus,
    @Nullable Integer exitSignal,
    @Nullable Integer recentRestarts,
    @Nullable Integer recentStarts,
    Allowance allowance,
    Ties ties)
    implements Fact {

  /**
   * Other units that systemd stops or starts with a unit, directly or through others; only those
   * that are neither inactive nor failed. Null: not known.
   *
   * @param restartsToo those that it restarts with this one [RequiredBy, RequisiteOf, BoundBy,
   *     ConsistsOf]
   * @param stopsToo those that it stops with this one: the same, and more [PropagatesStopTo]
   * @param startStops those that it stops so that this one can start [Conflicts, ConflictedBy]
   */
  public record Ties(
      @Nullable List<String> restartsToo,
      @Nullable List<String> stopsToo,
      @Nullable List<String> startStops) {
    public static final Ties UNKNOWN = new Ties(null, null, null);
    public static final Ties NONE = new Ties(List.of(), List.of(), List.of());
  }

  /**
   * What a unit may use; null where there is no limit.
   *
   * @param watchdog how long it may be silent [WatchdogUSec]
   * @param memoryMaxBytes [MemoryMax]
   * @param tasksMax processes and threads [TasksMax]
   * @param cpuQuotaPercent CPU time, in percent of one core [CPUQuotaPerSecUSec]
   * @param cpuWeight share of the CPUs against its neighbours, 1 to 10000 [CPUWeight]
   * @param ioWeight the same of the disks [IOWeight]
   * @param memoryHighBytes above this it is slowed down [MemoryHigh]
   */
  public record Allowance(
      @Nullable Duration watchdog,
      @Nullable Long memoryMaxBytes,
      @Nullable Long tasksMax,
      @Nullable Double cpuQuotaPercent,
      @Nullable Long cpuWeight,
      @Nullable Long ioWeight,
      @Nullable Long memoryHighBytes) {
    public static final Allowance UNKNOWN = new Allowance(null, null, null, null, null, null, null);
  }

  /** One of which only is known what its treatment needs, and that nothing goes with it. */
  public Unit(
      String name,
      String activeState,
      String subState,
      @Nullable String result,
      @Nullable String type,
      @Nullable Integer mainPid,
      @Nullable String invocationId,
      @Nullable Duration stopTimeout,
      @Nullable Boolean sendSigkill,
      @Nullable Integer restarts) {
    this(
        name,
        activeState,
        subState,
        result,
        type,
        mainPid,
        invocationId,
        stopTimeout,
        sendSigkill,
        restarts,
        "bus",
        null,
        null,
        null,
        null,
        null,
        null,
        Allowance.UNKNOWN,
        Ties.NONE);
  }

  /** One of which only its states are known. */
  public static Unit inState(
      String name, String activeState, String subState, String source, @Nullable String loadState) {
    return new Unit(
        name,
        activeState,
        subState,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        source,
        loadState,
        null,
        null,
        null,
        null,
        null,
        Allowance.UNKNOWN,
        Ties.UNKNOWN);
  }

  /** One that systemd does not have: it never had, or has forgotten it, as a job that has ended. */
  public static Unit missing(String name) {
    return inState(name, "inactive", "dead", "bus", "not-found");
  }

  /** The same with what was counted of late. */
  public Unit lately(int restartsSeen, int startsSeen) {
    return with(restartsSeen, startsSeen, ties);
  }

  /** The same with what goes with it. */
  public Unit tied(Ties others) {
    return with(recentRestarts, recentStarts, others);
  }

  private Unit with(@Nullable Integer restartsSeen, @Nullable Integer startsSeen, Ties others) {
    return new Unit(
        name,
        activeState,
        subState,
        result,
        type,
        mainPid,
        invocationId,
        stopTimeout,
        sendSigkill,
        restarts,
        source,
        loadState,
        changedAt,
        exitStatus,
        exitSignal,
        restartsSeen,
        startsSeen,
        allowance,
        others);
  }

  @Override
  public String key() {
    return name;
  }

  /** Names it as a subject. */
  public UnitId id() {
    return new UnitId(name);
  }

  /** Active, or reloading: the service works. */
  public boolean isActive() {
    return activeState.equals("active") || activeState.equals("reloading");
  }

  /** systemd does not have it, so nobody can start it. */
  public boolean isMissing() {
    return "not-found".equals(loadState);
  }

  /** On its way to another state. */
  public boolean isChanging() {
    return activeState.equals("activating")
        || activeState.equals("deactivating")
        || subState.equals("auto-restart");
  }
}

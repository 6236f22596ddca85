package org.medicd.linux.systemd;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.matchrules.DBusMatchRuleBuilder;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;
import org.medicd.linux.systemd.SystemdException.Kind;

/**
 * systemd's manager object (org.freedesktop.systemd1(5)) on one connection, as far as we need it.
 */
final class SystemdConnection {
  private static final System.Logger LOG = System.getLogger(SystemdConnection.class.getName());
  private static final Duration OWNER_LIMIT = Duration.ofSeconds(2);

  private final BusConnection bus;
  private final FinishedJobs jobs;

  /** Bus name of the systemd that was last seen to own its well-known name. */
  private volatile String owner = "";

  private volatile @Nullable UnitListener follower;
  private @Nullable UnitSignals signals;

  private SystemdConnection(BusConnection bus, FinishedJobs jobs) {
    this.bus = bus;
    this.jobs = jobs;
  }

  /** Connects, and has systemd announce the end of every job from now on. */
  static SystemdConnection connect(String address, Deadline deadline) throws SystemdException {
    FinishedJobs jobs = new FinishedJobs();
    AtomicReference<@Nullable SystemdConnection> connected = new AtomicReference<>();
    Runnable onLost =
        () -> {
          jobs.lost();
          SystemdConnection lost = connected.get();
          UnitListener follower = lost == null ? null : lost.follower;
          if (follower != null) {
            follower.unsure();
          }
        };
    SystemdConnection connection =
        new SystemdConnection(BusConnection.open(address, onLost, deadline), jobs);
    connected.set(connection);
    try {
      connection.subscribe(deadline);
      return connection;
    } catch (SystemdException e) {
      connection.close();
      throw e;
    }
  }

  private void subscribe(Deadline deadline) throws SystemdException {
    bus.listen(
        DBusMatchRuleBuilder.create()
            .withType("signal")
            .withInterface(BusMethod.MANAGER_INTERFACE)
            .withMember("JobRemoved")
            .build(),
        this::jobRemoved);
    bus.call(BusMethod.ofManager("Subscribe"), deadline);
  }

  boolean isOpen() {
    return bus.isOpen();
  }

  void close() {
    bus.close();
  }

  /** Its properties in one message, so that they fit together; loads the unit if it was not. */
  UnitProperties properties(String unit, Deadline deadline) throws SystemdException {
    Object[] path = bus.call(BusMethod.ofManager("LoadUnit"), deadline, unit);
    return propertiesAt(String.valueOf(path[0]), deadline);
  }

  /** The same of an object's path. */
  UnitProperties propertiesAt(String path, Deadline deadline) throws SystemdException {
    return propertiesAt(path, "", deadline);
  }

  /** Those that every kind of unit has. */
  UnitProperties commonPropertiesAt(String path, Deadline deadline) throws SystemdException {
    return propertiesAt(path, "org.freedesktop.systemd1.Unit", deadline);
  }

  private UnitProperties propertiesAt(String path, String ofInterface, Deadline deadline)
      throws SystemdException {
    Object[] reply = bus.call(BusMethod.allProperties(path), deadline, ofInterface);
    Map<String, Variant<?>> properties = new HashMap<>();
    ((Map<?, ?>) reply[0])
        .forEach((name, value) -> properties.put((String) name, (Variant<?>) value));
    return new UnitProperties(properties);
  }

  /** Has the listener hear of units, if it does not yet; learns anew whom to believe. */
  synchronized void follow(UnitListener listener, Deadline deadline) throws SystemdException {
    if (signals == null) {
      signals = UnitSignals.listen(bus, listener);
      follower = listener;
    }
    owner = owner(deadline);
    signals.from(owner);
  }

  /** All units that are loaded. */
  List<ListedUnit> list(Deadline deadline) throws SystemdException {
    Object[] reply = bus.call(BusMethod.ofManager("ListUnits"), deadline);
    List<ListedUnit> units = new ArrayList<>();
    for (Object row : (List<?>) reply[0]) {
      Object[] columns = (Object[]) row; // name, description, load, active, sub, …
      units.add(
          new ListedUnit(
              String.valueOf(columns[0]),
              String.valueOf(columns[2]),
              String.valueOf(columns[3]),
              String.valueOf(columns[4])));
    }
    return units;
  }

  /**
   * Queues a job and waits for its end.
   *
   * @param member RestartUnit, StartUnit, ReloadUnit …
   */
  JobResult run(String member, String unit, Deadline deadline) throws SystemdException {
    jobs.expect();
    try {
      String job = begin(member, unit, "replace", deadline);
      return jobs.await(job, member + " " + unit, deadline);
    } finally {
      jobs.forget();
    }
  }

  /** Queues a job for each unit and waits for all; one that failed has the reason as its result. */
  Map<String, JobResult> runAll(String member, List<String> units, Deadline deadline)
      throws SystemdException {
    jobs.expect();
    try {
      Map<String, JobResult> results = new LinkedHashMap<>();
      for (String unit : units) {
        try {
          results.put(unit, new JobResult(begin(member, unit, "replace", deadline), ""));
        } catch (SystemdException e) {
          results.put(unit, new JobResult("", String.valueOf(e.getMessage())));
        }
      }
      for (Map.Entry<String, JobResult> queued : results.entrySet()) {
        String job = queued.getValue().job();
        if (!job.isEmpty()) {
          queued.setValue(jobs.await(job, member + " " + queued.getKey(), deadline));
        }
      }
      return results;
    } finally {
      jobs.forget();
    }
  }

  /**
   * Queues a job.
   *
   * @param mode what becomes of other jobs: replace, replace-irreversibly …
   * @return its path
   */
  String begin(String member, String unit, String mode, Deadline deadline) throws SystemdException {
    try {
      return String.valueOf(bus.call(BusMethod.ofManager(member), deadline, unit, mode)[0]);
    } catch (SystemdException e) {
      if (e.kind() == Kind.UNREACHABLE) {
        throw new SystemdException(Kind.IN_DOUBT, e.getMessage() + " It may have been done.");
      }
      throw e;
    }
  }

  /**
   * Calls a method of the manager for a unit that answers once it is done.
   *
   * @param member FreezeUnit, ThawUnit
   */
  void call(String member, String unit, Deadline deadline) throws SystemdException {
    bus.call(BusMethod.ofManager(member), deadline, unit);
  }

  /** Sets a limit until the next start of the host. */
  void limit(String unit, UnitLimit.Property property, String value, Deadline deadline)
      throws SystemdException {
    BigInteger number =
        value.equals(UnitLimit.INFINITE) ? UInt64.MAX_BIG_VALUE : new BigInteger(value);
    Object[] setting = {property.onBus(), new Variant<>(new UInt64(number), "t")};
    bus.callWith(
        BusMethod.ofManager("SetUnitProperties"),
        "sba(sv)",
        deadline,
        unit,
        true,
        new Object[] {setting});
  }

  /** Has systemd read all unit files anew. */
  void reload(Deadline deadline) throws SystemdException {
    bus.call(BusMethod.ofManager("Reload"), deadline);
  }

  private void jobRemoved(DBusSignal signal) {
    try {
      if (jobs.isAnybodyWaiting() && isFromSystemd(signal)) {
        Object[] parameters = signal.getParameters();
        jobs.finished(new JobResult(String.valueOf(parameters[1]), String.valueOf(parameters[3])));
      }
    } catch (DBusException | SystemdException e) {
      LOG.log(System.Logger.Level.WARNING, "a finished job could not be read: " + e.getMessage());
    }
  }

  /** Any local user may send a signal of this name, and systemd has a new owner after a re-exec. */
  private boolean isFromSystemd(DBusSignal signal) throws SystemdException {
    if (!owner.equals(signal.getSource())) {
      owner = owner(Deadline.in(OWNER_LIMIT));
    }
    return owner.equals(signal.getSource());
  }

  private String owner(Deadline deadline) throws SystemdException {
    return String.valueOf(bus.call(BusMethod.ownerOfName(), deadline, BusMethod.SYSTEMD)[0]);
  }
}

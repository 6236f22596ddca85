package org.medicd.linux.systemd;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.Unit;
import org.medicd.linux.systemd.SystemdException.Kind;

/**
 * systemd, as seen over the bus. Connects at the first call, and again at the first call after the
 * connection was lost. Every call ends within its deadline; any thread may call.
 */
public final class SystemdBus implements UnitBus, AutoCloseable {
  public static final String SYSTEM_BUS = "unix:path=/run/dbus/system_bus_socket";

  private final String address;
  private final ReentrantLock connecting = new ReentrantLock();
  private @Nullable SystemdConnection connection;
  private boolean closed;

  public SystemdBus() {
    this(SYSTEM_BUS);
  }

  /**
   * @param address as dbus-daemon(1) writes it: unix:path=…
   */
  public SystemdBus(String address) {
    this.address = address;
  }

  @Override
  public Unit unit(String name, Duration within) throws SystemdException {
    Deadline deadline = Deadline.in(within);
    return unit(name, connection(deadline).properties(name, deadline));
  }

  @Override
  public Unit loaded(String name, Duration within) throws SystemdException {
    Deadline deadline = Deadline.in(within);
    return unit(name, connection(deadline).propertiesAt(UnitPath.of(name), deadline));
  }

  @Override
  public UnitLinks links(String name, Duration within) throws SystemdException {
    Deadline deadline = Deadline.in(within);
    return connection(deadline).commonPropertiesAt(UnitPath.of(name), deadline).links();
  }

  @Override
  public List<ListedUnit> list(Duration within) throws SystemdException {
    Deadline deadline = Deadline.in(within);
    return connection(deadline).list(deadline);
  }

  @Override
  public void follow(UnitListener listener, Duration within) throws SystemdException {
    Deadline deadline = Deadline.in(within);
    connection(deadline).follow(listener, deadline);
  }

  private static Unit unit(String name, UnitProperties properties) throws SystemdException {
    if (properties.isMissing()) {
      throw BusErrors.explain(
          "unit " + name, "org.freedesktop.systemd1.NoSuchUnit", "systemd finds no such unit");
    }
    return properties.unit(name);
  }

  /** Stops and starts a unit, or starts one that did not run, and waits for the end of that. */
  public JobResult restart(String unit, Duration within) throws SystemdException {
    return run("RestartUnit", unit, within);
  }

  /** Has a unit started; does not wait for that. */
  void begin(String unit, Duration within) throws SystemdException {
    Deadline deadline = Deadline.in(within);
    connection(deadline).begin("StartUnit", unit, "replace", deadline);
  }

  public JobResult start(String unit, Duration within) throws SystemdException {
    return run("StartUnit", unit, within);
  }

  public JobResult stop(String unit, Duration within) throws SystemdException {
    return run("StopUnit", unit, within);
  }

  /** Refused for a unit that has no ExecReload. */
  public JobResult reload(String unit, Duration within) throws SystemdException {
    return run("ReloadUnit", unit, within);
  }

  /** Has systemd forget that a unit failed, and how often it was started. */
  public void resetFailed(String unit, Duration within) throws SystemdException {
    Deadline deadline = Deadline.in(within);
    connection(deadline).call("ResetFailedUnit", unit, deadline);
  }

  /** Stops all that a unit runs, until it is thawed; needs cgroup v2. Returns once it is. */
  public void freeze(String unit, Duration within) throws SystemdException {
    Deadline deadline = Deadline.in(within);
    try {
      connection(deadline).call("FreezeUnit", unit, deadline);
    } catch (SystemdException e) {
      throw e.kind() == Kind.REFUSED
          ? new SystemdException(e.kind(), e.getMessage() + " (freezing needs cgroup v2)")
          : e;
    }
  }

  /**
   * The opposite of {@link #freeze}; nothing for a unit that is not frozen, or that has ended,
   * which systemd would refuse. One that it is about to start anew is still refused.
   */
  public void thaw(String unit, Duration within) throws SystemdException {
    Deadline deadline = Deadline.in(within);
    SystemdConnection systemd = connection(deadline);
    try {
      systemd.call("ThawUnit", unit, deadline);
    } catch (SystemdException e) {
      if (e.kind() != Kind.REFUSED || !systemd.properties(unit, deadline).hasEnded()) {
        throw e;
      }
    }
  }

  void limit(String unit, UnitLimit.Property property, String value, Duration within)
      throws SystemdException {
    Deadline deadline = Deadline.in(within);
    connection(deadline).limit(unit, property, value, deadline);
  }

  /** What holds of a limit now, in the words of {@link UnitLimit}. */
  String standing(String unit, UnitLimit.Property property, Duration within)
      throws SystemdException {
    Deadline deadline = Deadline.in(within);
    return connection(deadline).properties(unit, deadline).standing(property);
  }

  void reloadUnitFiles(Duration within) throws SystemdException {
    Deadline deadline = Deadline.in(within);
    connection(deadline).reload(deadline);
  }

  /** The control group of a unit, as /proc/PID/cgroup writes it; empty where it has none now. */
  public String controlGroup(String unit, Duration within) throws SystemdException {
    Deadline deadline = Deadline.in(within);
    return connection(deadline).properties(unit, deadline).controlGroup();
  }

  /** Begins to restart the host: all units are stopped in order. Returns once that has begun. */
  public void reboot(Duration within) throws SystemdException {
    Deadline deadline = Deadline.in(within);
    connection(deadline).begin("StartUnit", "reboot.target", "replace-irreversibly", deadline);
  }

  /** Starts them all at once, and waits for the end of that; what became of each. */
  public Map<String, JobResult> startAll(List<String> units, Duration within)
      throws SystemdException {
    Deadline deadline = Deadline.in(within);
    return connection(deadline).runAll("StartUnit", units, deadline);
  }

  /** Stops them all at once, and waits for the end of that; what became of each. */
  public Map<String, JobResult> stopAll(List<String> units, Duration within)
      throws SystemdException {
    Deadline deadline = Deadline.in(within);
    return connection(deadline).runAll("StopUnit", units, deadline);
  }

  private JobResult run(String member, String unit, Duration within) throws SystemdException {
    Deadline deadline = Deadline.in(within);
    return connection(deadline).run(member, unit, deadline);
  }

  private SystemdConnection connection(Deadline deadline) throws SystemdException {
    lock(deadline);
    try {
      if (closed) {
        throw new SystemdException(Kind.UNREACHABLE, "medicd has closed its connection to systemd");
      }
      SystemdConnection current = connection;
      if (current == null || !current.isOpen()) {
        current = SystemdConnection.connect(address, deadline);
        connection = current;
      }
      return current;
    } finally {
      connecting.unlock();
    }
  }

  private void lock(Deadline deadline) throws SystemdException {
    try {
      if (connecting.tryLock(deadline.leftMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new SystemdException(
        Kind.UNREACHABLE, "connecting to " + address + ": another call has waited for it in vain");
  }

  /** A connection attempt under way ends at its own deadline. */
  @Override
  public void close() {
    connecting.lock();
    try {
      closed = true;
      if (connection != null) {
        connection.close();
      }
    } finally {
      connecting.unlock();
    }
  }
}

package org.medicd.fact;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A systemd unit that owns a subject of an open incident, as its manager last told it.
 *
 * @param name full name, as nginx.service
 * @param activeState active, reloading, inactive, failed, activating, deactivating
 * @param subState finer state, as running, dead, auto-restart
 * @param result success, or why it failed: exit-code, signal, timeout …
 * @param type of a service: simple, exec, forking, notify, oneshot, dbus; null for other kinds
 * @param mainPid pid of the main process of a service; null without one
 * @param invocationId changes with every start; empty before the first
 * @param stopTimeout TimeoutStopSec; null where it is infinite or the unit has none
 * @param sendSigkill SendSIGKILL
 * @param restarts automatic restarts since the last start by hand
 */
public record Unit(
    String name,
    String activeState,
    String subState,
    String result,
    @Nullable String type,
    @Nullable Integer mainPid,
    String invocationId,
    @Nullable Duration stopTimeout,
    boolean sendSigkill,
    int restarts)
    implements Fact {
  @Override
  public String key() {
    return name;
  }

  /** Active, or reloading: the service works. */
  public boolean isActive() {
    return activeState.equals("active") || activeState.equals("reloading");
  }

  /** On its way to another state. */
  public boolean isChanging() {
    return activeState.equals("activating")
        || activeState.equals("deactivating")
        || subState.equals("auto-restart");
  }
}

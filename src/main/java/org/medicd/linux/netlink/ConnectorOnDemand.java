package org.medicd.linux.netlink;

import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.medicd.linux.LinuxException;

/**
 * The connector, opened when somebody asks for events for the first time: until then it costs
 * nothing. Belongs to one thread, but for {@link #close}.
 */
public final class ConnectorOnDemand implements ProcessEvents, AutoCloseable {
  private final LongSupplier monotonicNanos;
  private volatile @Nullable ProcConnector connector;
  private @Nullable ProcessEvents events;
  private @Nullable String refusal;

  public ConnectorOnDemand(LongSupplier monotonicNanos) {
    this.monotonicNanos = monotonicNanos;
  }

  @Override
  public List<ProcessEvent> drain() {
    if (events == null && refusal == null) {
      try {
        ProcConnector opened = ProcConnector.open(monotonicNanos);
        connector = opened;
        events = opened.listen();
      } catch (LinuxException e) {
        refusal = "the kernel tells of no births and deaths: " + e.getMessage();
      }
    }
    return events == null ? List.of() : events.drain();
  }

  @Override
  public boolean isLive() {
    return events != null && events.isLive();
  }

  @Override
  public long lost() {
    return events == null ? 0 : events.lost();
  }

  @Override
  public @Nullable String silence() {
    return events == null ? refusal : events.silence();
  }

  @Override
  public void close() {
    ProcConnector open = connector;
    if (open != null) {
      open.close();
    }
  }
}

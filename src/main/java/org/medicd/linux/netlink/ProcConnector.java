package org.medicd.linux.netlink;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.medicd.linux.Kernel;
import org.medicd.linux.LinuxException;
import org.medicd.linux.MessageBatch;
import org.medicd.linux.NetlinkSocket;

/**
 * The process events connector (linux/cn_proc.h, the kernel's
 * Documentation/driver-api/connector.rst): the kernel tells of every birth and death. It does so in
 * the initial namespaces of pids, networks and users only; elsewhere it refuses, or is silent. So
 * it has to prove itself: it must answer the request, and again and again tell that a thread of
 * this process has named itself.
 */
public final class ProcConnector implements AutoCloseable {
  private static final int NETLINK_CONNECTOR = 11;
  private static final int LISTEN = 1;
  private static final int IGNORE = 2;
  private static final int BUFFER_BYTES = 8 << 20;
  private static final int BATCH = 128;
  private static final int MESSAGE_BYTES = 128;
  private static final String NAME = "medicd-births";

  /** So long events gather: a storm then wakes the thread a hundred times a second, not 30,000. */
  private static final long GATHER_MILLIS = 10;

  private static final int AWAIT_MILLIS = 1_000;
  private static final long PULSE_NANOS = 3_000_000_000L;
  private static final long SILENCE_NANOS = 12_000_000_000L;
  private static final long CLOSE_MILLIS = 3_000;

  private final NetlinkSocket socket;
  private final LongSupplier monotonicNanos;
  private final int ownPid;
  private final int mark;
  private final MessageBatch batch = new MessageBatch(BATCH, MESSAGE_BYTES);
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicLong lost = new AtomicLong();
  private final Thread thread = new Thread(this::run, NAME);
  private @Nullable Long pulsedNanos;
  private volatile boolean answered;
  private volatile @Nullable Long provedNanos;
  private volatile @Nullable String failure;

  private ProcConnector(NetlinkSocket socket, LongSupplier monotonicNanos) {
    this.socket = socket;
    this.monotonicNanos = monotonicNanos;
    this.ownPid = (int) ProcessHandle.current().pid();
    this.mark = Long.hashCode(System.nanoTime()) | 1;
  }

  /**
   * Subscribes. Whether the kernel goes along shows later: {@link #isLive()}.
   *
   * @throws LinuxException where it refuses at once
   */
  public static ProcConnector open(LongSupplier monotonicNanos) throws LinuxException {
    return open(monotonicNanos, true);
  }

  static ProcConnector open(LongSupplier monotonicNanos, boolean filtered) throws LinuxException {
    NetlinkSocket socket =
        NetlinkSocket.open(NETLINK_CONNECTOR, 1 << ConnectorMessage.CONNECTOR - 1);
    ProcConnector connector = new ProcConnector(socket, monotonicNanos);
    try {
      socket.buffer(BUFFER_BYTES);
      if (filtered) {
        socket.filter(ConnectorFilter.program(connector.ownPid));
      }
      socket.send(ConnectorMessage.request(LISTEN, connector.mark));
    } catch (LinuxException e) {
      socket.close();
      throw e;
    }
    connector.thread.setDaemon(true);
    connector.thread.start();
    return connector;
  }

  /** A new listener; each is told everything. */
  public ProcessEvents listen() {
    Listener listener = new Listener(this);
    listeners.add(listener);
    return listener;
  }

  /** Whether the kernel has proved of late that it tells all. */
  public boolean isLive() {
    Long proved = provedNanos;
    return answered
        && failure == null
        && proved != null
        && monotonicNanos.getAsLong() - proved < SILENCE_NANOS;
  }

  /** Why it is not live, and how that could be changed; null while it is. */
  public @Nullable String silence() {
    if (isLive()) {
      return null;
    }
    String reason = failure;
    return reason != null
        ? reason
        : "the kernel tells of no births and deaths: not the initial pid and network namespaces?";
  }

  /** How often the kernel's buffer ran over. */
  public long lost() {
    return lost.get();
  }

  private void run() {
    try {
      while (closing.getCount() > 0) {
        pulse();
        if (socket.await(AWAIT_MILLIS)) {
          receiveAll();
          closing.await(GATHER_MILLIS, TimeUnit.MILLISECONDS);
        }
      }
    } catch (LinuxException | RuntimeException e) {
      failure = String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      failure = "interrupted";
    }
  }

  private void pulse() {
    long now = monotonicNanos.getAsLong();
    if (pulsedNanos == null || now - pulsedNanos >= PULSE_NANOS) {
      pulsedNanos = now;
      Kernel.nameThisThread(NAME);
    }
  }

  private void receiveAll() throws LinuxException {
    int count;
    do {
      try {
        count = socket.receive(batch);
      } catch (LinuxException e) {
        if (!e.isOverrun()) {
          throw e;
        }
        lost.incrementAndGet();
        count = batch.capacity();
        continue;
      }
      take(count);
    } while (count == batch.capacity() && closing.getCount() > 0);
  }

  private void take(int count) {
    List<ProcessEvent> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ProcessEvent event = batch.isFromKernel(i) ? event(batch.start(i), batch.length(i)) : null;
      if (event != null) {
        events.add(event);
      }
    }
    if (!events.isEmpty()) {
      listeners.forEach(listener -> listener.hear(events));
    }
  }

  private @Nullable ProcessEvent event(int start, int length) {
    ProcessEvent event = ConnectorMessage.parse(batch.content(), start, length);
    if (event == null) {
      proof(start, length);
    }
    return event;
  }

  private void proof(int start, int length) {
    if (ConnectorMessage.isRenamedThread(batch.content(), start, length, ownPid)) {
      provedNanos = monotonicNanos.getAsLong();
      return;
    }
    Integer errno = ConnectorMessage.answer(batch.content(), start, length, mark);
    if (errno != null && errno == 0) {
      answered = true;
    } else if (errno != null) {
      failure = "the kernel refused to tell of births and deaths (errno " + errno + ")";
    }
  }

  /** Unsubscribes: without that kernels before 6.6 would go on to tell nobody, at a cost. */
  @Override
  public void close() {
    if (closing.getCount() == 0) {
      return;
    }
    closing.countDown();
    boolean interrupted = false;
    try {
      socket.send(ConnectorMessage.request(IGNORE, mark + 1)); // the answer wakes the thread
      thread.join(CLOSE_MILLIS);
    } catch (LinuxException e) {
      failure = String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      interrupted = true;
    }
    failure = failure == null ? "closed" : failure;
    if (!thread.isAlive()) {
      socket.close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package org.medicd.collect.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.medicd.collect.Collector;
import org.medicd.collect.Scene;
import org.medicd.fact.Fact;
import org.medicd.fact.KernelEvent;
import org.medicd.linux.LinuxException;
import org.medicd.linux.kmsg.KernelLog;
import org.medicd.linux.kmsg.KernelLog.OverwrittenRecords;
import org.medicd.linux.kmsg.KernelLogDevice;
import org.medicd.linux.kmsg.LogRecord;
import org.medicd.linux.proc.MalformedKernelFile;

/**
 * Reads what the kernel wrote into its log since the look before. Only what the kernel itself wrote
 * counts: others may write to /dev/kmsg too. A look reads a bounded number of records; in a storm
 * the rest waits for the next look, or is overwritten, which is a gap.
 */
public final class KernelEvents implements Collector {
  private static final String ASPECT = "kernel log";
  private static final int MOST_RECORDS = 2_000;

  private final KernelLog.Opener opener;
  private final LongSupplier kernelMicros;
  private final EventBook book;
  private @Nullable KernelLog log;
  private @Nullable Long lastSequence;
  private boolean readToTheEnd;
  private long lastNanos;

  /**
   * Opens the log behind its last record, so that what is written from now on is told even if it is
   * asked for later. Where that fails the next look tries again.
   *
   * @param device /dev/kmsg
   * @param kernelMicros the clock of the kernel's log: CLOCK_MONOTONIC in microseconds
   * @param told how long an event stays a fact after it was last told
   */
  public KernelEvents(Path device, LongSupplier kernelMicros, Duration told) {
    this(() -> KernelLogDevice.open(device), kernelMicros, told);
  }

  KernelEvents(KernelLog.Opener opener, LongSupplier kernelMicros, Duration told) {
    this.opener = opener;
    this.kernelMicros = kernelMicros;
    this.book = new EventBook(told);
    try {
      log = opener.open();
    } catch (IOException e) {
      // told by the first look
    }
  }

  @Override
  public String aspect() {
    return ASPECT;
  }

  @Override
  public Set<Class<? extends Fact>> makes() {
    return Set.of(KernelEvent.class);
  }

  @Override
  public List<KernelEvent> look(Scene scene) {
    KernelLog open = open(scene);
    if (open != null) {
      read(open, scene);
    }
    lastNanos = scene.nowNanos();
    return book.events(scene.nowNanos());
  }

  private @Nullable KernelLog open(Scene scene) {
    if (log == null) {
      try {
        log = opener.open();
        readToTheEnd = false;
      } catch (IOException e) {
        scene.gaps().add(ASPECT, "the host", remedy(e));
      }
    }
    return log;
  }

  private static String remedy(IOException failure) {
    String reason = String.valueOf(failure.getMessage());
    if (failure instanceof LinuxException linux && linux.isDenied()) {
      return reason + "; it takes CAP_SYSLOG (or kernel.dmesg_restrict=0) and a readable device";
    }
    if (failure instanceof LinuxException linux && linux.isNoSuchFile()) {
      return reason + "; a container needs the device of the host";
    }
    return reason;
  }

  private void read(KernelLog open, Scene scene) {
    Dating dating =
        new Dating(
            scene.nowNanos(),
            scene.at(),
            kernelMicros.getAsLong(),
            readToTheEnd ? (Long) (scene.nowNanos() - lastNanos) : null);
    int malformed = 0;
    readToTheEnd = false;
    for (int count = 0; count < MOST_RECORDS; count++) {
      try {
        LogRecord entry = open.next();
        if (entry == null) {
          readToTheEnd = true;
          break;
        }
        take(entry, dating, scene);
      } catch (OverwrittenRecords e) {
        continue; // the next record's number tells how many
      } catch (MalformedKernelFile e) {
        malformed++;
      } catch (IOException e) {
        scene.gaps().add(ASPECT, "the host", String.valueOf(e.getMessage()));
        close();
        break;
      }
    }
    if (malformed > 0) {
      scene.gaps().add(ASPECT, "the host", malformed + " records were not in the known form");
    }
  }

  private void take(LogRecord entry, Dating dating, Scene scene) {
    Long last = lastSequence;
    if (last != null && entry.sequence() > last + 1) {
      long lost = entry.sequence() - last - 1;
      scene
          .gaps()
          .add(ASPECT, "the host", lost + " records were overwritten before they were read");
    }
    lastSequence = entry.sequence();
    if (entry.isOfKernel()) {
      book.take(entry, dating);
    }
  }

  @Override
  public void close() {
    if (log != null) {
      log.close();
      log = null;
      lastSequence = null;
    }
  }
}

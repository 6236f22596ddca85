package org.medicd.collect.device;

import org.jspecify.annotations.Nullable;
import org.medicd.collect.Average;
import org.medicd.fact.BlockDevice;
import org.medicd.fact.DeviceId;
import org.medicd.linux.proc.DiskStats.Disk;

/** One block device from look to look. */
final class DiskRates {
  private final DeviceId id;
  private final Average utilisation = new Average();
  private final RequestTimes times = new RequestTimes();
  private Disk last;
  private long lastNanos;
  private boolean used;
  private @Nullable BlockDevice told;

  DiskRates(Disk first, long nowNanos) {
    this.id = new DeviceId(first.name());
    this.last = first;
    this.lastNanos = nowNanos;
  }

  boolean isOf(Disk disk) {
    return last.device().equals(disk.device());
  }

  /** Whether there was any traffic since the first look. */
  boolean wasUsed() {
    return used;
  }

  BlockDevice see(Disk now, long nowNanos) {
    double seconds = (nowNanos - lastNanos) / 1e9;
    BlockDevice fact = seconds > 0 && isPlausible(now) ? rates(now, seconds) : levels(now, seconds);
    used = used || now.reads() != last.reads() || now.writes() != last.writes();
    last = now;
    lastNanos = nowNanos;
    BlockDevice before = told;
    BlockDevice same = before != null && before.equals(fact) ? before : fact;
    told = same;
    return same;
  }

  /** Counters only rise; one that fell belongs to another device of the same name. */
  private boolean isPlausible(Disk now) {
    return now.reads() >= last.reads()
        && now.writes() >= last.writes()
        && now.readBytes() >= last.readBytes()
        && now.writeBytes() >= last.writeBytes()
        && Steps.wrapping(last.busyMillis(), now.busyMillis()) >= 0
        && Steps.wrapping(last.queueMillis(), now.queueMillis()) >= 0
        && Steps.wrapping(last.readMillis(), now.readMillis()) >= 0
        && Steps.wrapping(last.writeMillis(), now.writeMillis()) >= 0;
  }

  private long requestMillis(Disk now) {
    return Steps.wrapping(last.readMillis(), now.readMillis())
        + Steps.wrapping(last.writeMillis(), now.writeMillis());
  }

  private BlockDevice rates(Disk now, double seconds) {
    long reads = now.reads() - last.reads();
    long writes = now.writes() - last.writes();
    long requests = reads + writes;
    long millis = requestMillis(now);
    times.add(requests, millis, seconds);
    double busy = Steps.wrapping(last.busyMillis(), now.busyMillis()) / seconds / 10;
    double percent = Average.tenths(Math.min(100, busy));
    utilisation.add(percent, seconds);
    return new BlockDevice(
        id,
        requests == 0 ? null : (Double) Average.tenths((double) millis / requests),
        times.meanMillis(),
        percent,
        utilisation.value(),
        Average.tenths(Steps.wrapping(last.queueMillis(), now.queueMillis()) / seconds / 1000),
        Steps.wholePerSecond(now.readBytes() - last.readBytes(), seconds),
        Steps.wholePerSecond(now.writeBytes() - last.writeBytes(), seconds),
        Steps.perSecond(reads, seconds),
        Steps.perSecond(writes, seconds),
        now.inFlight());
  }

  private BlockDevice levels(Disk now, double seconds) {
    times.add(0, 0, Math.max(0, seconds));
    return new BlockDevice(
        id,
        null,
        times.meanMillis(),
        null,
        utilisation.value(),
        null,
        null,
        null,
        null,
        null,
        now.inFlight());
  }
}

package org.medicd.collect.device;

import org.jspecify.annotations.Nullable;
import org.medicd.collect.Average;
import org.medicd.fact.BlockDevice;
import org.medicd.fact.DeviceId;
import org.medicd.linux.proc.DiskStats.Disk;

/** One block device from look to look. */
final class DiskRates {
  private final DeviceId id;
  private final @Nullable String mapperName;
  private final Average utilisation = new Average();
  private final RequestTimes times = new RequestTimes();
  private Disk last;
  private long lastNanos;
  private boolean used;
  private @Nullable BlockDevice told;

  DiskRates(Disk first, @Nullable String mapperName, long nowNanos) {
    this.id = new DeviceId(first.name());
    this.mapperName = mapperName;
    this.last = first;
    this.lastNanos = nowNanos;
  }

  /** Counters only rise; one that fell belongs to another device of the same name. */
  boolean isOf(Disk now) {
    return last.device().equals(now.device())
        && now.reads() >= last.reads()
        && now.writes() >= last.writes()
        && now.readBytes() >= last.readBytes()
        && now.writeBytes() >= last.writeBytes();
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

  private boolean isPlausible(Disk now) {
    return Steps.wrapping(last.busyMillis(), now.busyMillis()) >= 0
        && Steps.wrapping(last.queueMillis(), now.queueMillis()) >= 0
        && readMillis(now) >= 0
        && writeMillis(now) >= 0;
  }

  private long readMillis(Disk now) {
    return Steps.wrapping(last.readMillis(), now.readMillis());
  }

  private long writeMillis(Disk now) {
    return Steps.wrapping(last.writeMillis(), now.writeMillis());
  }

  private static @Nullable Double mean(long millis, long requests) {
    return requests == 0 ? null : (Double) Average.tenths((double) millis / requests);
  }

  private BlockDevice rates(Disk now, double seconds) {
    long reads = now.reads() - last.reads();
    long writes = now.writes() - last.writes();
    long requests = reads + writes;
    long millis = readMillis(now) + writeMillis(now);
    times.add(requests, millis, seconds);
    double busy = Steps.wrapping(last.busyMillis(), now.busyMillis()) / seconds / 10;
    double percent = Average.tenths(Math.min(100, busy));
    utilisation.add(percent, seconds);
    return new BlockDevice(
        id,
        mapperName,
        mean(millis, requests),
        mean(readMillis(now), reads),
        mean(writeMillis(now), writes),
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
        mapperName,
        null,
        null,
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

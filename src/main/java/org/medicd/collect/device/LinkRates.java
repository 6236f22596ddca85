package org.medicd.collect.device;

import org.jspecify.annotations.Nullable;
import org.medicd.collect.Average;
import org.medicd.fact.DeviceId;
import org.medicd.fact.NetLink;
import org.medicd.linux.proc.NetDev.Link;
import org.medicd.linux.sys.LinkAttributes;

/** One network interface from look to look. */
final class LinkRates {
  private final DeviceId id;
  private final Average rxAverage = new Average();
  private final Average txAverage = new Average();
  private Link last;
  private long lastNanos;
  private @Nullable NetLink told;

  LinkRates(Link first, long nowNanos) {
    this.id = new DeviceId(first.name());
    this.last = first;
    this.lastNanos = nowNanos;
  }

  NetLink see(Link now, LinkAttributes attributes, long nowNanos) {
    double seconds = (nowNanos - lastNanos) / 1e9;
    boolean known = seconds > 0 && isPlausible(now);
    NetLink fact = fact(now, attributes, known ? (Double) seconds : null);
    last = now;
    lastNanos = nowNanos;
    NetLink before = told;
    NetLink same = before != null && before.equals(fact) ? before : fact;
    told = same;
    return same;
  }

  /** Counters only rise; those of a driver that was loaded anew begin at zero. */
  private boolean isPlausible(Link now) {
    return now.rxBytes() - last.rxBytes() >= 0
        && now.txBytes() - last.txBytes() >= 0
        && now.rxErrors() - last.rxErrors() >= 0
        && now.txErrors() - last.txErrors() >= 0
        && now.rxDrops() - last.rxDrops() >= 0
        && now.txDrops() - last.txDrops() >= 0;
  }

  private NetLink fact(Link now, LinkAttributes attributes, @Nullable Double seconds) {
    Long received = bytes(last.rxBytes(), now.rxBytes(), seconds, rxAverage);
    Long sent = bytes(last.txBytes(), now.txBytes(), seconds, txAverage);
    Long rxAvg10 = whole(rxAverage.value());
    Long txAvg10 = whole(txAverage.value());
    return new NetLink(
        id,
        attributes.up(),
        attributes.carrier(),
        attributes.speedBytesPerSecond(),
        attributes.mtuBytes(),
        received,
        sent,
        rxAvg10,
        txAvg10,
        usedPercent(received, sent, attributes),
        usedPercent(rxAvg10, txAvg10, attributes),
        perSecond(last.rxErrors(), now.rxErrors(), seconds),
        perSecond(last.txErrors(), now.txErrors(), seconds),
        perSecond(last.rxDrops(), now.rxDrops(), seconds),
        perSecond(last.txDrops(), now.txDrops(), seconds));
  }

  private static @Nullable Long bytes(
      long before, long now, @Nullable Double seconds, Average average) {
    if (seconds == null) {
      return null;
    }
    long perSecond = Steps.wholePerSecond(now - before, seconds);
    average.add(perSecond, seconds);
    return perSecond;
  }

  private static @Nullable Long whole(@Nullable Double value) {
    return value == null ? null : (Long) Math.round(value);
  }

  private static @Nullable Double perSecond(long before, long now, @Nullable Double seconds) {
    return seconds == null ? null : (Double) Steps.perSecond(now - before, seconds);
  }

  private static @Nullable Double usedPercent(
      @Nullable Long received, @Nullable Long sent, LinkAttributes attributes) {
    Long speed = attributes.speedBytesPerSecond();
    return received == null || sent == null || speed == null
        ? null
        : (Double) Average.tenths(100.0 * Math.max(received, sent) / (double) speed);
  }
}

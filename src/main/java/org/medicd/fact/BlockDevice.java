package org.medicd.fact;

import org.jspecify.annotations.Nullable;

/**
 * A whole block device (/proc/diskstats); a mapped one and an array are devices beside those below
 * them. Rates are those of the time since the look before; null in the first.
 *
 * @param id its kernel name, as sda
 * @param mapperName of a mapped device, as vg-root (/sys/block/NAME/dm/name); null of any other
 * @param awaitMillis how long the requests that were completed took on average, reads and writes,
 *     waiting included; null without any
 * @param readAwaitMillis the same of reads only; null without any
 * @param writeAwaitMillis the same of writes only; null without any
 * @param awaitAvg10Millis awaitMillis over all requests of about the last 10 s; null without any
 * @param utilisationPercent time with requests under way; a device that serves many at once may
 *     show 100 and still have room
 * @param utilisationAvg10 average of utilisationPercent over 10 s
 * @param queueLength requests under way on average
 * @param readBytesPerSecond read
 * @param writeBytesPerSecond written
 * @param readsPerSecond reads completed
 * @param writesPerSecond writes completed
 * @param inFlight requests under way at the moment of the look
 */
public record BlockDevice(
    DeviceId id,
    @Nullable String mapperName,
    @Nullable Double awaitMillis,
    @Nullable Double readAwaitMillis,
    @Nullable Double writeAwaitMillis,
    @Nullable Double awaitAvg10Millis,
    @Nullable Double utilisationPercent,
    @Nullable Double utilisationAvg10,
    @Nullable Double queueLength,
    @Nullable Long readBytesPerSecond,
    @Nullable Long writeBytesPerSecond,
    @Nullable Double readsPerSecond,
    @Nullable Double writesPerSecond,
    long inFlight)
    implements Fact {
  /** As sda. */
  public String name() {
    return id.name();
  }

  @Override
  public DeviceId key() {
    return id;
  }
}

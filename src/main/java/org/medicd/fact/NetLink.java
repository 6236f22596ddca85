package org.medicd.fact;

import org.jspecify.annotations.Nullable;

/**
 * A network interface of the daemon's network namespace. Rates (/proc/net/dev) are those of the
 * time since the look before; null in the first.
 *
 * @param id its name, as eth0
 * @param up whether it is fit to carry traffic (operstate in /sys/class/net, or unknown with a
 *     carrier, as lo is); null where not known
 * @param carrier whether a cable or a peer is there; null where not known and while it is down
 * @param speedBytesPerSecond of the link, each way (speed); null where not known, as of virtual
 *     interfaces
 * @param mtuBytes the largest packet (mtu)
 * @param rxBytesPerSecond received
 * @param txBytesPerSecond sent
 * @param rxAvg10 average of rxBytesPerSecond over 10 s
 * @param txAvg10 average of txBytesPerSecond over 10 s
 * @param usedPercent the fuller direction, of the link's speed
 * @param usedAvg10 the same of the averages over 10 s
 * @param rxErrorsPerSecond packets that came broken
 * @param txErrorsPerSecond packets that could not be sent
 * @param rxDropsPerSecond packets that came and found no room
 * @param txDropsPerSecond packets that were to be sent and found no room
 * @param rxErrorsAvg10 average of rxErrorsPerSecond over 10 s
 * @param txErrorsAvg10 average of txErrorsPerSecond over 10 s
 * @param rxDropsAvg10 average of rxDropsPerSecond over 10 s
 * @param txDropsAvg10 average of txDropsPerSecond over 10 s
 */
public record NetLink(
    DeviceId id,
    @Nullable Boolean up,
    @Nullable Boolean carrier,
    @Nullable Long speedBytesPerSecond,
    @Nullable Long mtuBytes,
    @Nullable Long rxBytesPerSecond,
    @Nullable Long txBytesPerSecond,
    @Nullable Long rxAvg10,
    @Nullable Long txAvg10,
    @Nullable Double usedPercent,
    @Nullable Double usedAvg10,
    @Nullable Double rxErrorsPerSecond,
    @Nullable Double txErrorsPerSecond,
    @Nullable Double rxDropsPerSecond,
    @Nullable Double txDropsPerSecond,
    @Nullable Double rxErrorsAvg10,
    @Nullable Double txErrorsAvg10,
    @Nullable Double rxDropsAvg10,
    @Nullable Double txDropsAvg10)
    implements Fact {
  /** As eth0. */
  public String name() {
    return id.name();
  }

  @Override
  public DeviceId key() {
    return id;
  }
}

package org.medicd.fact;

/**
 * A network interface.
 *
 * @param id its name, as eth0
 */
public record NetLink(DeviceId id) implements Fact {
  @Override
  public DeviceId key() {
    return id;
  }
}

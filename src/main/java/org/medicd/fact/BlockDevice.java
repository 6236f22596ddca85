package org.medicd.fact;

/**
 * A block device.
 *
 * @param id its kernel name, as sda
 */
public record BlockDevice(DeviceId id) implements Fact {
  @Override
  public DeviceId key() {
    return id;
  }
}

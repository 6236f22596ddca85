package org.medicd.fact;

/** A block device by its kernel name, as sda. */
public record DeviceId(String name) implements Subject {
  @Override
  public String kind() {
    return "device";
  }

  @Override
  public String toString() {
    return "device " + name;
  }
}

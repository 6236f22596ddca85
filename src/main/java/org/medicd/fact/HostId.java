package org.medicd.fact;

/** This host. */
public record HostId() implements Subject {
  @Override
  public String kind() {
    return "host";
  }

  @Override
  public String toString() {
    return "the host";
  }
}

package org.medicd.fact;

/** A systemd unit by its full name, as nginx.service. */
public record UnitId(String name) implements Subject {
  @Override
  public String kind() {
    return "unit";
  }

  @Override
  public String toString() {
    return "unit " + name;
  }
}

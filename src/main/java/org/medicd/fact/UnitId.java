package org.medicd.fact;

/** A systemd unit by its full name, as nginx.service. */
public record UnitId(String name) implements Subject {
  /** The pattern of many units: worker@.service, which itself neither runs nor fails. */
  public boolean isTemplate() {
    return name.contains("@.");
  }

  @Override
  public String kind() {
    return "unit";
  }

  @Override
  public String toString() {
    return "unit " + name;
  }
}

package org.medicd.fact;

import org.jspecify.annotations.Nullable;

/** A systemd unit by its full name, as nginx.service. */
public record UnitId(String name) implements Subject {
  /** worker@.service of worker@1.service; null for one that is no instance. */
  public @Nullable String template() {
    int at = name.indexOf('@');
    int dot = name.lastIndexOf('.');
    return at < 0 || dot <= at + 1 ? null : name.substring(0, at + 1) + name.substring(dot);
  }

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

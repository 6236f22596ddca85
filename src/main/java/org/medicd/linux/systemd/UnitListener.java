package org.medicd.linux.systemd;

/** Told by systemd that something about its units has changed. Called on the bus's own thread. */
public interface UnitListener {
  /** Something about that unit is another now. */
  void changed(String unit);

  /** systemd has loaded it. */
  void appeared(String unit);

  /** systemd has unloaded it. */
  void gone(String unit);

  /** Anything may have changed: a reload, another systemd, a bus that was lost. */
  void unsure();
}

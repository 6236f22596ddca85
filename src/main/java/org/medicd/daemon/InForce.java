package org.medicd.daemon;

import org.medicd.config.Settings;

/** The settings that hold now; a reload puts others in their place. */
final class InForce {
  private volatile Settings settings;

  InForce(Settings settings) {
    this.settings = settings;
  }

  Settings settings() {
    return settings;
  }

  void set(Settings others) {
    settings = others;
  }
}

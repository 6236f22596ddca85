package org.medicd.daemon.chronicle;

import org.medicd.plan.Happening;

/**
 * What the journal calls each kind of entry, for ever: systemd/medicd.catalog explains them, and
 * what people wrote looks for them. https://systemd.io/CATALOG/
 */
enum MessageId {
  OPENED("2d3d9c08bdeb4455a81a5ef569576aab"),
  RUNG("8bd76f5be5ca421f8fb5e358f52c2d1b"),
  ASKED("71442f3588504a0d9c234a6c598c3d83"),
  EXHAUSTED("18a6b115b5f243b39f23fb364bd8e918"),
  CLOSED("ab703a7ae1cd4bfa92bfbfe183eb7460"),
  TOLD("360d9f11c9bf4e86995dd95c707f7421");

  private final String id;

  MessageId(String id) {
    this.id = id;
  }

  /** 128 bits in hexadecimal digits. */
  String id() {
    return id;
  }

  static MessageId of(Happening.Kind kind) {
    return switch (kind) {
      case OPENED -> OPENED;
      case VERDICT, OUTCOME -> RUNG;
      case ASKED -> ASKED;
      case EXHAUSTED -> EXHAUSTED;
      case CLOSED -> CLOSED;
      case TOLD -> TOLD;
    };
  }
}

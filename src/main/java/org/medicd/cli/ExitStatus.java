package org.medicd.cli;

/** What scripts are told. Part of the contract. */
final class ExitStatus {
  static final int GOOD = 0;

  /** A check or a test found something, or the daemon answered no. */
  static final int FOUND = 1;

  static final int USAGE = 2;
  static final int NO_DAEMON = 3;
  static final int NOT_PERMITTED = 4;

  private ExitStatus() {}
}

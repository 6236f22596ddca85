package org.medicd.rule;

/** Compiled rules that cannot be used: damaged, of another version, not to be trusted. */
final class UnfitPackException extends Exception {
  private static final long serialVersionUID = 1L;

  UnfitPackException(String message) {
    super(message);
  }
}

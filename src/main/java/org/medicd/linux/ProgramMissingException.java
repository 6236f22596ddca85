package org.medicd.linux;

/** A program that is not to be run because it is not there. */
public final class ProgramMissingException extends ProgramRefusedException {
  private static final long serialVersionUID = 1;

  ProgramMissingException(String reason) {
    super(reason);
  }
}

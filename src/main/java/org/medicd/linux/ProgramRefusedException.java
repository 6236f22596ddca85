package org.medicd.linux;

import java.io.IOException;

/** A program was not started: it is not there, not to be trusted, or not to be run as that user. */
public sealed class ProgramRefusedException extends IOException permits ProgramMissingException {
  public ProgramRefusedException(String message) {
    super(message);
  }
}

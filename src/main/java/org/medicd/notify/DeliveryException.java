package org.medicd.notify;

import java.io.IOException;
import java.io.Serial;

/** A notice could not be delivered; the message says why, and never holds a secret. */
public final class DeliveryException extends IOException {
  @Serial private static final long serialVersionUID = 1;
  private static final int LONGEST = 300;

  public DeliveryException(String message, Throwable cause) {
    super(Escaped.line(message, LONGEST), cause);
  }

  public DeliveryException(String message) {
    super(Escaped.line(message, LONGEST));
  }
}

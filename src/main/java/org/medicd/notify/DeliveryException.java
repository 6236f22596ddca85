package org.medicd.notify;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A letter could not be delivered; the message says why, and never holds a secret. */
public final class DeliveryException extends IOException {
  @Serial private static final long serialVersionUID = 1;
  private static final int LONGEST = 1000;

  private final boolean forGood;
  private final @Nullable Duration retryAfter;

  private DeliveryException(
      String message, boolean forGood, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(Escaped.line(message, LONGEST), cause);
    this.forGood = forGood;
    this.retryAfter = retryAfter;
  }

  public DeliveryException(String message, @Nullable Throwable cause) {
    this(message, false, null, cause);
  }

  public DeliveryException(String message) {
    this(message, false, null, null);
  }

  /** The receiver does not want this letter, now or later. */
  public static DeliveryException forGood(String message, @Nullable Throwable cause) {
    return new DeliveryException(message, true, null, cause);
  }

  /** The receiver wants nothing before that time is over. */
  public static DeliveryException notBefore(Duration after, String message) {
    return new DeliveryException(message, false, after, null);
  }

  /** Trying again does not help. */
  public boolean isForGood() {
    return forGood;
  }

  /** How long the receiver wants to be left alone; null: it did not say. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}

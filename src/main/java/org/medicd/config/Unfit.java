package org.medicd.config;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A value that does not fit; the message says why, the suggestion what was probably meant. */
public final class Unfit extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1;

  private final @Nullable String suggestion;

  public Unfit(String message, @Nullable String suggestion) {
    super(message);
    this.suggestion = suggestion;
  }

  public Unfit(String message) {
    this(message, null);
  }

  public @Nullable String suggestion() {
    return suggestion;
  }
}

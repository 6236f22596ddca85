package org.medicd.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people told medicd, and what holds until it is over.
 *
 * @param pause null: medicd may act
 * @param silences those that have not ended
 */
public record Orders(@Nullable Pause pause, List<Silence> silences) {
  public static final Orders NONE = new Orders(null, List.of());

  public Orders {
    silences = List.copyOf(silences);
  }
}

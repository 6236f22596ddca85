package org.medicd.notify.mail;

import jakarta.mail.internet.InternetAddress;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who has a letter already, and who is still to get it. Not safe for threads. */
final class Progress {
  private final String letter;
  private final Set<InternetAddress> left;
  private @Nullable Long acceptedNanos;
  private @Nullable Long unwantedNanos;

  /**
   * @param letter its key
   */
  Progress(String letter, Collection<InternetAddress> receivers) {
    this.letter = letter;
    this.left = new LinkedHashSet<>(receivers);
  }

  String letter() {
    return letter;
  }

  List<InternetAddress> left() {
    return List.copyOf(left);
  }

  void accepted(Collection<InternetAddress> receivers, long nowNanos) {
    if (!receivers.isEmpty() && acceptedNanos == null) {
      acceptedNanos = nowNanos;
    }
    left.removeAll(receivers);
  }

  void drop(InternetAddress receiver) {
    left.remove(receiver);
  }

  /** No server wants it; returns since when that is so, monotonic. */
  long unwanted(long nowNanos) {
    long since = unwantedNanos == null ? nowNanos : unwantedNanos;
    unwantedNanos = since;
    return since;
  }

  /** Null: nobody has it; else since when the first have, monotonic. */
  @Nullable Long acceptedNanos() {
    return acceptedNanos;
  }
}

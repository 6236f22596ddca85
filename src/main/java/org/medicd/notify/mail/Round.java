package org.medicd.notify.mail;

import jakarta.mail.internet.InternetAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medicd.config.Alerts.MailServer;

/** What all servers made of a mail when they were asked, one after the other. */
final class Round {
  private final Set<String> words = new LinkedHashSet<>();
  private final Map<InternetAddress, String> dropped = new LinkedHashMap<>();
  private int unwantedBy;
  private boolean inDoubt;
  private @Nullable Exception cause;

  void add(MailServer server, Attempt attempt) {
    String name = "mail server " + server.host() + ":" + server.port() + ": ";
    for (Attempt.Refusal refusal : attempt.refused()) {
      words.add(name + refusal.receiver().getAddress() + ": " + refusal.answer());
      if (refusal.forGood() && !attempt.isUnwanted()) {
        dropped.putIfAbsent(refusal.receiver(), name + refusal.answer());
      }
    }
    unwantedBy += attempt.isUnwanted() ? 1 : 0;
    Attempt.Trouble trouble = attempt.trouble();
    if (trouble != null) {
      words.add(name + trouble.why());
      inDoubt |= trouble.inDoubt();
      cause = cause == null ? trouble.cause() : cause;
    }
  }

  /** Those whom a server does not take it for though it takes it for others, and why. */
  Map<InternetAddress, String> dropped() {
    return dropped;
  }

  /** How many servers do not want the mail, whoever is to get it. */
  int unwantedBy() {
    return unwantedBy;
  }

  /** A server may have taken it. */
  boolean isInDoubt() {
    return inDoubt;
  }

  /** What each server said, but for those that took it. */
  String words() {
    return String.join("; ", words);
  }

  /** The first trouble there was; null: all answered. */
  @Nullable Exception cause() {
    return cause;
  }
}

package org.medicd.notify.mail;

import jakarta.mail.internet.InternetAddress;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one server made of a mail. Each receiver is in one of the lists, or there was trouble.
 *
 * @param accepted for these the server took it: it is theirs to deliver
 * @param refused for these it did not
 * @param trouble what came between; null: nothing
 */
record Attempt(List<InternetAddress> accepted, List<Refusal> refused, @Nullable Trouble trouble) {
  /**
   * A receiver whom the server does not take the mail for.
   *
   * @param forGood asking this server again does not help
   * @param answer of the server
   */
  record Refusal(InternetAddress receiver, boolean forGood, String answer) {}

  /**
   * Why it is not known of a receiver whether the server takes the mail.
   *
   * @param inDoubt the whole mail went and no answer came: it may have been taken
   */
  record Trouble(String why, boolean inDoubt, Exception cause) {}

  Attempt {
    accepted = List.copyOf(accepted);
    refused = List.copyOf(refused);
  }

  static Attempt accepted(Collection<InternetAddress> receivers) {
    return new Attempt(List.copyOf(receivers), List.of(), null);
  }

  /** For nobody, and for that reason. */
  static Attempt refused(Collection<InternetAddress> receivers, boolean forGood, String answer) {
    return new Attempt(
        List.of(),
        receivers.stream().map(each -> new Refusal(each, forGood, answer)).toList(),
        null);
  }

  /** The server knows the receivers, and does not want the mail: for its size, or what is in it. */
  boolean isUnwanted() {
    return accepted.isEmpty() && !refused.isEmpty() && refused.stream().allMatch(Refusal::forGood);
  }

  static Attempt failed(String why, Exception cause) {
    return new Attempt(List.of(), List.of(), new Trouble(why, false, cause));
  }

  static Attempt inDoubt(String why, Exception cause) {
    String doubt = "no answer once the whole mail had gone, so that it may have been taken: ";
    return new Attempt(List.of(), List.of(), new Trouble(doubt + why, true, cause));
  }
}

package org.medicd.notify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Notice;
import org.medicd.plan.Severity;
import org.medicd.plan.Unsent;

/**
 * One message of one channel: about one incident, about several that have one cause, or a digest.
 *
 * @param key the same whenever this message is sent again, so that a receiver can tell
 * @param notices the latest of each incident, oldest incident first; one at least
 * @param others how many more incidents it stands for, by diagnosis: of a storm the first are only
 *     counted
 * @param thread what the channel called the message that this one follows; null: it begins a thread
 * @param digest so many at once that they are not told one by one
 * @param over all incidents of its thread are over
 * @param covers ids of all notices that are told by it
 * @param emptied other threads in which nothing is left open, as it is told of here from now on
 */
public record Letter(
    String key,
    List<Notice> notices,
    Map<String, Integer> others,
    @Nullable String thread,
    boolean digest,
    boolean over,
    List<String> covers,
    List<String> emptied) {
  public Letter {
    notices = List.copyOf(notices);
    others = Map.copyOf(others);
    covers = List.copyOf(covers);
    emptied = List.copyOf(emptied);
  }

  /** One that takes nothing out of another thread. */
  public Letter(
      String key,
      List<Notice> notices,
      Map<String, Integer> others,
      @Nullable String thread,
      boolean digest,
      boolean over,
      List<String> covers) {
    this(key, notices, others, thread, digest, over, covers, List.of());
  }

  /** The key of a message that tells of these. */
  public static String keyOf(List<String> covers) {
    if (covers.size() == 1) {
      return covers.get(0);
    }
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      covers.forEach(each -> sha.update((each + "\n").getBytes(StandardCharsets.UTF_8)));
      return covers.get(0) + "-" + HexFormat.of().formatHex(sha.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** One message of all that an earlier run of the daemon left for a channel. */
  static Letter ofAll(List<Unsent.Item> left) {
    List<String> covers = left.stream().map(each -> each.notice().id()).toList();
    Map<String, Notice> latest = new LinkedHashMap<>();
    left.forEach(
        each -> latest.merge(each.notice().incident().id(), each.notice(), Notice::followedBy));
    return new Letter(
        keyOf(covers), List.copyOf(latest.values()), Map.of(), null, true, false, covers);
  }

  /** The first of its notices; the only one where it is about one incident. */
  public Notice first() {
    return notices.get(0);
  }

  public boolean isOfOne() {
    return notices.size() == 1 && others.isEmpty();
  }

  /** Of the worst of its incidents. */
  public Severity severity() {
    return notices.stream()
        .map(each -> each.incident().severity())
        .max(Comparator.naturalOrder())
        .orElse(Severity.INFO);
  }

  /** What happened to all of them; else what matters most of those that are open. */
  public Notice.Kind kind() {
    return notices.stream()
        .map(Notice::kind)
        .filter(each -> each != Notice.Kind.CLOSED)
        .max(Comparator.naturalOrder())
        .orElse(Notice.Kind.CLOSED);
  }

  /** How many incidents it is about. */
  public int incidents() {
    return notices.size() + others.values().stream().mapToInt(Integer::intValue).sum();
  }
}

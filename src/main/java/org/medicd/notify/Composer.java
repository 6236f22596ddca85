package org.medicd.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.plan.Notice;

/** Makes letters of what is to be told, each for the thread that it belongs in. */
final class Composer {
  private final Conversations conversations;

  Composer(Conversations conversations) {
    this.conversations = conversations;
  }

  /**
   * @param where in which conversation; null: it begins one
   */
  Letter letter(List<Untold> those, Conversations.@Nullable Conversation where) {
    List<String> covers = covers(those);
    return letter(Letter.keyOf(covers), those, Map.of(), where, covers);
  }

  /** Of all that is counted, and these. */
  Letter digest(List<Untold> those, Counted counted) {
    List<String> covers = new ArrayList<>(counted.notices());
    covers.addAll(covers(those));
    return digest(Letter.keyOf(covers), those, counted.byDiagnosis(), covers);
  }

  /**
   * A letter that an earlier run of the daemon tried.
   *
   * @param told all that it told, one at least
   */
  Letter again(String key, List<Notice> told) {
    Backlog backlog = new Backlog();
    told.forEach(each -> backlog.add(Untold.of(each, 0)));
    List<Untold> those = backlog.all();
    Map<String, Integer> others = backlog.counted().byDiagnosis();
    List<String> covers = told.stream().map(Notice::id).toList();
    Conversations.Conversation where = conversations.of(those.get(0).incident().id());
    long causes =
        those.stream().map(each -> Conversations.causeOf(each.incident())).distinct().count();
    return where == null && causes > 1
        ? digest(key, those, others, covers)
        : letter(key, those, others, where, covers);
  }

  private Letter letter(
      String key,
      List<Untold> those,
      Map<String, Integer> others,
      Conversations.@Nullable Conversation where,
      List<String> covers) {
    List<Notice> notices = notices(those);
    return new Letter(
        key,
        notices,
        others,
        where == null ? null : where.thread(),
        false,
        where == null ? Conversations.areOver(notices) : where.isOverWith(notices),
        covers,
        conversations.emptiedBy(notices, where));
  }

  private Letter digest(
      String key, List<Untold> those, Map<String, Integer> others, List<String> covers) {
    List<Notice> notices = notices(those);
    List<String> emptied = conversations.emptiedBy(notices, null);
    return new Letter(key, notices, others, null, true, false, covers, emptied);
  }

  private static List<String> covers(List<Untold> those) {
    return those.stream().flatMap(each -> each.covers().stream()).toList();
  }

  private static List<Notice> notices(List<Untold> those) {
    return those.stream().map(Untold::notice).toList();
  }
}

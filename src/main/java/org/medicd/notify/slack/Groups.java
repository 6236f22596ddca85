package org.medicd.notify.slack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medicd.notify.Letter;
import org.medicd.plan.Notice;

/**
 * What was told of several incidents by one message, so that it goes on to show all of them when
 * something of some is told. A later run of the daemon does not know it.
 */
final class Groups {
  private static final int MOST = 20;

  private record Group(Letter first, Map<String, Notice> latest) {}

  private final Map<String, Group> groups =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Group> eldest) {
          return size() > MOST;
        }
      };

  /** A message about several was posted. */
  void begin(String message, Letter letter) {
    Group group = new Group(letter, new LinkedHashMap<>());
    letter.notices().forEach(each -> group.latest().put(each.incident().id(), each));
    groups.put(message, group);
  }

  /** All that the message told of, with what this letter tells; null: not known. */
  @Nullable Letter together(String message, Letter letter) {
    Group group = groups.get(message);
    if (group == null) {
      return null;
    }
    letter.notices().forEach(each -> group.latest().put(each.incident().id(), each));
    List<Notice> all = new ArrayList<>(group.latest().values());
    Letter first = group.first();
    return new Letter(
        letter.key(),
        all,
        first.others(),
        letter.thread(),
        !first.others().isEmpty(), // who was only counted is in no list
        letter.over(),
        letter.covers());
  }

  /** Nothing more will be told of it. */
  void end(String message) {
    groups.remove(message);
  }
}

package org.medicd.evidence;

import java.util.ArrayList;
import java.util.List;
import org.medicd.fact.Gap;

/** What one capture could not get of its subject. */
final class Gaps {
  private final String subject;
  private final List<Gap> list = new ArrayList<>();

  /**
   * @param subject as "pid 17"
   */
  Gaps(String subject) {
    this.subject = subject;
  }

  void add(String aspect, String reason) {
    list.add(new Gap(aspect, subject, reason));
  }

  List<Gap> list() {
    return list;
  }
}

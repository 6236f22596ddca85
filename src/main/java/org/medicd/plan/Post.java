package org.medicd.plan;

import java.util.List;

/**
 * A notice and whom it is for.
 *
 * @param channels their names; may be none
 */
public record Post(Notice notice, List<String> channels) {
  public Post {
    channels = List.copyOf(channels);
  }

  /** What is kept of it beside the incident. */
  public Mention mention() {
    return new Mention(notice.id(), notice.kind(), channels, notice.at());
  }
}

package org.medicd.collect.kernel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.KernelEvent;
import org.medicd.fact.KernelEventKind;
import org.medicd.linux.kmsg.KernelMessage;
import org.medicd.linux.kmsg.LogRecord;
import org.medicd.linux.kmsg.OomKill;
import org.medicd.linux.proc.UnitName;

/** One event with what was told of it so far. */
final class ToldEvent {
  private static final int MOST_CHARS = 256;

  private final long sequence;
  private final KernelMessage message;
  private final boolean ofOneSubject;
  private final @Nullable String cgroup;
  private final @Nullable String limitedBy;
  private int count;
  private @Nullable Integer pid;
  private int severity;
  private long lastNanos;
  private Instant at = Instant.EPOCH;
  private String text = "";
  private @Nullable KernelEvent fact;

  private ToldEvent(
      long sequence,
      KernelMessage message,
      boolean ofOneSubject,
      @Nullable String cgroup,
      @Nullable String limitedBy) {
    this.sequence = sequence;
    this.message = message;
    this.ofOneSubject = ofOneSubject;
    this.cgroup = cgroup;
    this.limitedBy = limitedBy;
  }

  static ToldEvent of(LogRecord entry, KernelMessage message, @Nullable OomKill oom) {
    return new ToldEvent(
        entry.sequence(),
        message,
        true,
        oom != null ? oom.cgroup() : message.cgroup(),
        oom != null ? oom.limitedBy() : null);
  }

  /** Stands for all subjects of a kind that are too many to be told apart. */
  static ToldEvent ofOthers(LogRecord entry, KernelEventKind kind) {
    KernelMessage anybody = new KernelMessage(kind, null, null, null, null, null);
    return new ToldEvent(entry.sequence(), anybody, false, null, null);
  }

  void tell(LogRecord entry, KernelMessage again, Dating dating) {
    count += count < Integer.MAX_VALUE ? 1 : 0;
    pid = ofOneSubject ? again.pid() : null;
    severity = entry.level();
    lastNanos = dating.nanos(entry.micros());
    at = dating.instant(entry.micros());
    text = entry.text();
    fact = null;
  }

  boolean isOfOneSubject() {
    return ofOneSubject;
  }

  long lastNanos() {
    return lastNanos;
  }

  KernelEvent fact() {
    KernelEvent made = fact;
    if (made == null) {
      made =
          new KernelEvent(
              sequence,
              message.kind(),
              at,
              severity,
              count,
              pid,
              message.comm(),
              message.device(),
              message.server(),
              cgroup,
              limitedBy,
              cgroup == null ? null : UnitName.ofCgroup(cgroup),
              text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) : text);
      fact = made;
    }
    return made;
  }
}

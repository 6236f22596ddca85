package org.medicd.record;

import org.jspecify.annotations.Nullable;

/** Goes along an audit trail, line by line, and notices the first thing that does not fit. */
final class AuditCheck {
  private final AuditHead anchor;
  private final AuditHead announced;
  private AuditHead last;
  private long lines;
  private long first;
  private boolean expiryIsTold;
  private boolean announcedIsThere;
  private @Nullable String finding;

  /**
   * @param anchor where the trail goes on after what has expired
   * @param announced a head that somebody noted; seq 0: none
   */
  AuditCheck(AuditHead anchor, AuditHead announced) {
    this.anchor = anchor;
    this.announced = announced;
    this.last = anchor;
  }

  /**
   * @param tellsOfAnchor this line says that all up to the anchor has expired
   */
  void see(AuditLine line, boolean tellsOfAnchor) {
    if (lines++ == 0) {
      first = line.seq();
    }
    if (finding == null && !line.hash().equals(line.hashAfter(last.hash()))) {
      finding =
          "line %d does not follow from line %d: it was changed, or one between them was added or removed"
              .formatted(line.seq(), last.seq());
    }
    expiryIsTold |= tellsOfAnchor && line.what().equals(AuditTable.EXPIRED);
    announcedIsThere |= line.seq() == announced.seq() && line.hash().startsWith(announced.hash());
    last = line.head();
  }

  AuditReport report() {
    if (finding == null && anchor.seq() > 0 && !expiryIsTold) {
      finding =
          "no line tells that those up to %d have expired: somebody else removed them"
              .formatted(anchor.seq());
    }
    if (finding == null && announced.seq() > anchor.seq() && !announcedIsThere) {
      finding =
          announced.seq() > last.seq()
              ? "line %d was announced and the trail ends at %d: its end was cut off"
                  .formatted(announced.seq(), last.seq())
              : "line %d is another than the one that was announced: the trail was rewritten"
                  .formatted(announced.seq());
    }
    return new AuditReport(lines, first, last, finding);
  }
}

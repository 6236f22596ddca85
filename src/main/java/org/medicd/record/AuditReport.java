package org.medicd.record;

import org.jspecify.annotations.Nullable;

/**
 * What came of checking an audit trail.
 *
 * @param lines how many were checked
 * @param first the oldest line that is kept; older ones went with the retention
 * @param head its end
 * @param finding what is wrong with it, and where; null: nothing
 */
public record AuditReport(long lines, long first, AuditHead head, @Nullable String finding) {
  public boolean isSound() {
    return finding == null;
  }
}

package org.medicd.record;

/**
 * The end of the audit trail. Whoever wrote it down notices later that the trail was rewritten.
 *
 * @param seq of the last line
 * @param hash of that line, over all before it
 */
public record AuditHead(long seq, String hash) {
  private static final int SHOWN = 16;

  /** As people note it: 123:0123456789abcdef. */
  public String text() {
    return seq + ":" + hash.substring(0, Math.min(SHOWN, hash.length()));
  }

  /**
   * @throws IllegalArgumentException says what is wrong with it
   */
  public static AuditHead parse(String text) {
    if (!text.matches("[0-9]{1,18}:[0-9a-f]{16,64}")) {
      throw new IllegalArgumentException(
          "'" + text + "' is no head of an audit trail, as 123:0123456789abcdef");
    }
    int colon = text.indexOf(':');
    return new AuditHead(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
  }
}

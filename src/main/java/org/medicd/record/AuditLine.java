package org.medicd.record;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * One line of the audit trail, which is only ever added to.
 *
 * @param seq counts up; lines are in this order
 * @param at when it happened, as far as the incident tells, else when it was recorded
 * @param incident its id; empty where it is about medicd itself
 * @param what opened, verdict, outcome, closed, or what a person did
 * @param detail in words; may hold names as the kernel has them: escape before showing
 * @param hash over this line and the hash of the one before
 */
public record AuditLine(
    long seq, Instant at, String incident, String what, String detail, String hash) {
  /** The hash before the first line. */
  static final String BEGINNING = "0".repeat(64);

  /** One that follows a line with this hash. */
  static AuditLine after(
      String before, long seq, Instant at, String incident, String what, String detail) {
    AuditLine open = new AuditLine(seq, at, incident, what, detail, "");
    return new AuditLine(seq, at, incident, what, detail, open.hashAfter(before));
  }

  /** What its hash must be after a line with that one: SHA-256 over fields with their lengths. */
  String hashAfter(String before) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      List<String> fields =
          List.of(before, "" + seq, "" + at.toEpochMilli(), incident, what, detail);
      for (String field : fields) {
        byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every JDK has SHA-256", e);
    }
  }

  AuditHead head() {
    return new AuditHead(seq, hash);
  }
}

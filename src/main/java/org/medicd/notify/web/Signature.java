package org.medicd.notify.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shows that a body is from whoever knows the secret, and when it was sent: "t=1764547200,v1=…",
 * with seconds since 1970 and the HMAC-SHA256 of these, a dot and the body, in hexadecimal digits.
 * A receiver computes the same, and refuses what was sent too long ago.
 */
final class Signature {
  static final String HEADER = "Medicd-Signature";
  private static final String HMAC = "HmacSHA256";

  private Signature() {}

  static String of(String secret, Instant at, String body) {
    long seconds = at.getEpochSecond();
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
      mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
      byte[] digest = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
      return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + HMAC, e);
    }
  }
}

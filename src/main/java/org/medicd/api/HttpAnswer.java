package org.medicd.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** An HTTP/1.x answer whose connection was closed at its end (RFC 9112, without chunks). */
record HttpAnswer(int status, String body) {
  /**
   * Parses all that came over the connection.
   *
   * @throws IOException where it is not HTTP, or shorter than it says
   */
  static HttpAnswer parse(byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.ISO_8859_1); // one char a byte
    int end = text.indexOf("\r\n\r\n");
    String[] lines = text.substring(0, Math.max(0, end)).split("\r\n");
    if (!lines[0].matches("HTTP/1\\.\\d \\d{3}( .*)?")) {
      throw new IOException("what answered does not speak HTTP");
    }
    int bodyStart = end + 4;
    for (String line : lines) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")
          && !lower.endsWith(" " + (bytes.length - bodyStart))) {
        throw new IOException("the answer was cut off: " + line);
      }
    }
    int status = Integer.parseInt(lines[0].substring(9, 12));
    return new HttpAnswer(
        status, new String(bytes, bodyStart, bytes.length - bodyStart, StandardCharsets.UTF_8));
  }
}

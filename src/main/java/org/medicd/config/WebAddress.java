package org.medicd.config;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Web addresses. Of many receivers the address is the secret: whoever knows it may write there. So
 * what is wrong with one is told without more of it than scheme, host and port.
 */
public final class WebAddress {
  private static final Pattern TO_HOST =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9+.-]*://)(?:[^/?#\\s]*@)?"
              + "((?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{1,5})?)(?:([/?#])(.*))?",
          Pattern.DOTALL);

  private WebAddress() {}

  /**
   * Reads one from a file of its own, see {@link Secrets}.
   *
   * @throws IOException if there is none; never tells what is in it
   */
  public static URI read(Path file) throws IOException {
    String text = Secrets.read(file);
    if (!isGood(text)) {
      throw new IOException(file + " holds no address as https://…");
    }
    return URI.create(text);
  }

  static boolean isGood(String text) {
    try {
      parse(text);
      return true;
    } catch (Unfit e) {
      return false;
    }
  }

  static URI parse(String text) {
    try {
      URI uri = new URI(text);
      boolean web =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      if (web && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new Unfit(shown(text) + " is not a web address: " + e.getReason());
    }
    throw new Unfit(shown(text) + " is not a web address that starts with http:// or https://");
  }

  /** As 'https://host/…'. */
  private static String shown(String text) {
    Matcher found = TO_HOST.matcher(text);
    if (!found.matches()) {
      return "what stands there";
    }
    boolean more = found.group(4) != null && !found.group(4).isEmpty();
    String slash = found.group(3) == null ? "" : "/";
    return Quoted.of(found.group(1) + found.group(2) + slash) + (more ? " with what follows" : "");
  }
}

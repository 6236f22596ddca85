package org.medicd.notify;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The list in no_proxy, as curl reads it: names with what is below them, addresses, networks. */
final class NoProxy {
  private static final Pattern IPV4 =
      Pattern.compile(
          "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

  private NoProxy() {}

  /**
   * Whether that host is to be reached straight.
   *
   * @param host name or address, without brackets
   */
  static boolean covers(String list, String host) {
    byte[] address = address(host);
    String name = withoutLastDot(host).toLowerCase(Locale.ROOT);
    return Arrays.stream(list.split("[,\\s]+"))
        .filter(each -> !each.isEmpty())
        .anyMatch(
            each ->
                each.equals("*")
                    || (address == null ? isBelow(name, each) : isWithin(address, each)));
  }

  /** example.com is for itself and www.example.com, and so is .example.com. */
  private static boolean isBelow(String name, String entry) {
    String domain = withoutLastDot(entry).toLowerCase(Locale.ROOT);
    String bare = domain.startsWith(".") ? domain.substring(1) : domain;
    return !bare.isEmpty() && (name.equals(bare) || name.endsWith("." + bare));
  }

  private static String withoutLastDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /** An address, or a network as 10.0.0.0/8. */
  private static boolean isWithin(byte[] address, String entry) {
    String[] halves = entry.split("/", 2);
    byte[] network = address(halves[0]);
    if (network == null || network.length != address.length) {
      return false;
    } else if (halves.length == 1) {
      return Arrays.equals(address, network);
    }
    if (!halves[1].matches("[0-9]{1,3}")) {
      return false;
    }
    int bits = Integer.parseInt(halves[1]);
    return bits <= 8 * address.length && agree(address, network, bits);
  }

  private static boolean agree(byte[] one, byte[] other, int bits) {
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** Null: it is a name. Nobody is asked for it: what looks like this is taken as it stands. */
  private static byte @Nullable [] address(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(text).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }
}

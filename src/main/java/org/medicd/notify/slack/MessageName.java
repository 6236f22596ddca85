package org.medicd.notify.slack;

/**
 * What medicd knows a message of its own by.
 *
 * @param channel id of the channel: to change a message its name does not do
 * @param ts the time that Slack gave it, which no other message of the channel has
 * @param incidents how many it told of at first
 */
record MessageName(String channel, String ts, int incidents) {
  /** As C024BE91L/1503435956.000247/50; the number only where it is of several. */
  String text() {
    return channel + "/" + ts + (isOfMany() ? "/" + incidents : "");
  }

  boolean isOfMany() {
    return incidents > 1;
  }

  /**
   * @param usual the channel where it names none
   */
  static MessageName parse(String text, String usual) {
    String[] parts = text.split("/", 3);
    if (parts.length < 2) {
      return new MessageName(usual, text, 1);
    }
    boolean many = parts.length == 3 && parts[2].matches("[0-9]{1,9}");
    return new MessageName(parts[0], parts[1], many ? Integer.parseInt(parts[2]) : 1);
  }
}

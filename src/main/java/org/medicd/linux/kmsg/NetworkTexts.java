package org.medicd.linux.kmsg;

import static org.medicd.linux.kmsg.TextForm.group;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medicd.fact.KernelEventKind;

/** File servers that do not answer, interfaces without a link, a full table of connections. */
final class NetworkTexts {
  private static final String SERVER = "(\\S{1,255})";
  private static final String INTERFACE = "([\\w.@-]{1,15})";

  /** "e1000e 0000:00:1f.6 eno1: ", "e1000e: eth0 ", "igb 0000:01:00.0 eth0: igb: eth0 ". */
  private static final String LINK =
      "(?:[\\w-]{1,32} [0-9a-f:.]{1,16} )?(?:[\\w.@-]{1,15}: ){0,2}"
          + INTERFACE
          + "(?:: (?:NIC )?| NIC )[Ll]ink (?:is )?";

  private static final List<TextForm> FORMS =
      List.of(
          new TextForm(
              " not responding, ",
              "(?:nfs|lockd): server " + SERVER + " not responding, (?:still trying|timed out)",
              m -> KernelMessage.ofServer(KernelEventKind.SERVER_NOT_RESPONDING, group(m, 1))),
          new TextForm(
              ": server ",
              "(?:nfs|lockd): server " + SERVER + " OK",
              m -> KernelMessage.ofServer(KernelEventKind.SERVER_OK, group(m, 1))),
          new TextForm(
              " has not responded in ",
              "CIFS: (?:VFS: )?\\\\\\\\"
                  + SERVER
                  + " has not responded in \\d+ seconds\\. Reconnecting\\.\\.\\.",
              m -> KernelMessage.ofServer(KernelEventKind.SERVER_NOT_RESPONDING, group(m, 1))),
          new TextForm(
              "NETDEV WATCHDOG: ",
              "NETDEV WATCHDOG: " + INTERFACE + " \\(.{0,64}\\): .*transmit queue \\d+ timed out.*",
              m -> KernelMessage.ofDevice(KernelEventKind.TRANSMIT_TIMEOUT, group(m, 1))),
          new TextForm(
              "NETDEV WATCHDOG: ",
              "[\\w-]{1,32} \\S{1,32} "
                  + INTERFACE
                  + ": NETDEV WATCHDOG: .*transmit queue \\d+ timed out.*",
              m -> KernelMessage.ofDevice(KernelEventKind.TRANSMIT_TIMEOUT, group(m, 1))),
          new TextForm(
              "ink",
              LINK + "[Dd]own",
              m -> KernelMessage.ofDevice(KernelEventKind.LINK_DOWN, group(m, 1))),
          new TextForm(
              "ink",
              LINK + "[Uu]p(?: (?:- |at )?\\d+ ?[MG]bps.*)?",
              m -> KernelMessage.ofDevice(KernelEventKind.LINK_UP, group(m, 1))),
          new TextForm(
              "_conntrack: table full, dropping packet",
              "(?:nf_conntrack: )?(?:nf|ip)_conntrack: table full, dropping packet.*",
              m -> KernelMessage.of(KernelEventKind.CONNTRACK_FULL)));

  private NetworkTexts() {}

  static @Nullable KernelMessage message(String text) {
    return TextForm.first(FORMS, text);
  }
}

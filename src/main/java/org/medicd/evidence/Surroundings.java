package org.medicd.evidence;

import org.jspecify.annotations.Nullable;
import org.medicd.fact.KernelEvent;
import org.medicd.fact.NetLink;
import org.medicd.fact.Snapshot;

/** What the kernel's log told a short while ago, the network links, and what medicd cannot see. */
record Surroundings(Snapshot seen, int mostGaps) implements Part {
  @Override
  public String name() {
    return "surroundings";
  }

  @Override
  public void take(Sheet sheet) {
    for (KernelEvent event : seen.all(KernelEvent.class)) {
      sheet.line("kernel, " + event.at() + ", " + event.count() + " times: " + event.text());
    }
    for (NetLink link : seen.all(NetLink.class)) {
      sheet.line(
          "%s: %s, received %s and sent %s bytes/s, %s %% of its speed"
              .formatted(
                  link.name(),
                  link.up() == null ? "?" : link.up() ? "up" : "down",
                  known(link.rxBytesPerSecond()),
                  known(link.txBytesPerSecond()),
                  known(link.usedPercent())));
    }
    seen.gaps().stream()
        .limit(mostGaps)
        .forEach(
            gap ->
                sheet.line(
                    "not seen: " + gap.aspect() + " of " + gap.subject() + ": " + gap.reason()));
  }

  private static Object known(@Nullable Object value) {
    return value == null ? "?" : value;
  }
}
